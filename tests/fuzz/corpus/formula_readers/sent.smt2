(define-fun is_first ((m Message)) Bool (or (= m c1) (= m A1.1)))
(assert (exists ((m Message)) (let ((s (sent m))) (ite s (is_first m) (xor s true)))))
(assert (! (distinct S1 A1) :named different))
