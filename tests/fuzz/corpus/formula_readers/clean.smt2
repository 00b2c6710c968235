; a clean process depends on nothing that is not validated
(assert (forall ((p Process)) (=> (not (dirty p)) (<= (number p) validated))))
