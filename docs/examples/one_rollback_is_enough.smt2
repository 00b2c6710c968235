; Who has rolled back need not do so once more: what it keeps was sent, and depends on nothing unproved.
(assert
  (forall ((p Process))
    (=> (rolls_back p)
        (and (<= (depends_after p) validated)
             (forall ((m Message))
               (=> (and (received_after p m) (not (from_cluster m))) (sent_after m)))))))
