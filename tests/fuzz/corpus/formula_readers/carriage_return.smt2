(assert true) ; a comment that ends, or not(assert (dirty S1))
