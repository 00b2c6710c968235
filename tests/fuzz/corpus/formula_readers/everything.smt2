; Every rule of the grammar.
(define-fun at ((p Process) (n Int)) Bool (<= (number p) n))
(define-fun |low| () Int (- 3 1 (- 1)))
(assert (! (forall ((p Process) (q Process)) (=> (dirty p) (xor (at q |low|) (at p (+ 1 0 validated)))))
           :named |a name|))
(assert (let ((x (ite (dirty S1) 1 low)) (y S1)) (exists ((m Message)) (or (sent m) (distinct y A1) (= x 1 x)))))
(assert (and (> 3 2 1) (>= 2 2) (< 1 2) (not (= true false))))
