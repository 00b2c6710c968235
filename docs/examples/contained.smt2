; A process that calls itself clean depends on nothing that no acceptance test has proved.
(assert
  (forall ((p Process))
    (=> (not (dirty p)) (<= (depends p) validated))))
