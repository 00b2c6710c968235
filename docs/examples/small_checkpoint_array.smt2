; Nobody keeps more than two checkpoints, and their indices ascend.
(define-fun ascending ((p Process)) Bool
  (=> (= (checkpoints p) 2)
      (< (checkpoint_index p 1) (checkpoint_index p 2))))

(assert (forall ((p Process)) (<= (checkpoints p) 2)))
(assert (forall ((p Process)) (ascending p)))
