#!/usr/bin/env python3
# Our own text of the textbook models for SPIN, so that one machine can run both in one go.
# Knows nothing of our engine.
"""Writes the textbook models for SPIN: spin_model.py 2pc|ring N > model.pml

One atomic step of ours is one d_step here: the states are the same ones.
"""
import sys


def two_phase_commit(managers):
    everyone_voted = " && ".join(f"votes[{i}]" for i in range(managers))
    nobody = {what: " && ".join(f"state[{i}] != {what}" for i in range(managers)) for what in (2, 3)}
    receive = "\n".join(f"    :: d_step {{ decision == 0 && sent[{i}] -> votes[{i}] = 1 }}" for i in range(managers))
    return f"""/* Two-phase commit of {managers} resource managers.
   state: 0 working, 1 prepared, 2 committed, 3 aborted; decision: 0 none, 1 commit, 2 abort */
byte state[{managers}]; bit sent[{managers}]; bit votes[{managers}]; byte decision;
active [{managers}] proctype manager() {{
end:
    do
    :: d_step {{ state[_pid] == 0 -> state[_pid] = 1; sent[_pid] = 1 }}
    :: d_step {{ state[_pid] == 0 -> state[_pid] = 3; assert({nobody[2]}) }}
    :: d_step {{ decision == 1 -> state[_pid] = 2; assert({nobody[3]}) }}
    :: d_step {{ decision == 2 -> state[_pid] = 3; assert({nobody[2]}) }}
    od
}}
active proctype coordinator() {{
end:
    do
    :: d_step {{ decision == 0 && {everyone_voted} -> decision = 1 }}
    :: d_step {{ decision == 0 -> decision = 2 }}
{receive}
    od
}}
"""


def ring(processes, capacity=3):
    return f"""/* Chang and Roberts on a ring of {processes}, channels of {capacity}; numbers descend round the ring.
   state: 0 asleep, 1 active, 2 passive, 3 leads, 4 done; a message is a number, or 64 + that of the leader */
#define NUMBER ({processes} - _pid)
#define NEXT ((_pid + 1) % {processes})
chan into[{processes}] = [{capacity}] of {{ byte }};
byte state[{processes}]; byte leader[{processes}]; byte got;
active [{processes}] proctype process() {{
end:
    do
    :: d_step {{ state[_pid] == 0 && nfull(into[NEXT]) -> into[NEXT]!NUMBER; state[_pid] = 1 }}
    :: d_step {{
        nempty(into[_pid]) && nfull(into[NEXT]) ->
        into[_pid]?got;
        if
        :: got == 64 + NUMBER -> state[_pid] = 4
        :: got > 64 && got != 64 + NUMBER -> state[_pid] = 4; leader[_pid] = got - 64; into[NEXT]!got
        :: got == NUMBER -> into[NEXT]!(64 + NUMBER); state[_pid] = 3; leader[_pid] = NUMBER
        :: got < 64 && got > NUMBER ->
            into[NEXT]!got;
            if :: state[_pid] <= 1 -> state[_pid] = 2 :: else fi
        :: got < NUMBER ->
            if :: state[_pid] == 0 -> into[NEXT]!NUMBER; state[_pid] = 1 :: else fi
        fi;
        got = 0;
        assert(leader[_pid] == 0 || leader[_pid] == {processes}) }}
    od
}}
"""


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("2pc", "ring"):
        sys.exit("usage: spin_model.py 2pc|ring N")
    make = two_phase_commit if sys.argv[1] == "2pc" else ring
    print(make(int(sys.argv[2])), end="")


if __name__ == "__main__":
    main()
