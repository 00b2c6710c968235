// One rank's part of a distributed search: the coordinator of engine/explorer.hpp, for states that lie on several
// ranks. States are numbered as one process would number them, so counts, verdicts and runs are the same; what settles
// a property is decided on rank 0, and told to all. The model's semantics are in the engine, not here.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/decisions.hpp"
#include "checker/distributed/halves.hpp"
#include "checker/distributed/numbering.hpp"
#include "checker/distributed/round_report.hpp"
#include "checker/distributed/shared_loading.hpp"
#include "checker/distributed/shared_saving.hpp"
#include "checker/distributed/world.hpp"
#include "checker/engine/bound_model.hpp"
#include "checker/engine/candidates.hpp"
#include "checker/engine/expander.hpp"
#include "checker/engine/growth_watch.hpp"
#include "checker/engine/held_memory.hpp"
#include "checker/engine/purity.hpp"
#include "checker/engine/record.hpp"
#include "checker/engine/recount.hpp"
#include "checker/engine/sampling.hpp"
#include "checker/engine/slot_space.hpp"
#include "checker/engine/state_store.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/engine/team.hpp"
#include "checker/engine/trail.hpp"
#include "checker/file_lock.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker::distributed {

// The values that this rank has seen.
class SlotValues final : public engine::SeenValues {
public:
    explicit SlotValues(const engine::SlotSpace& space) : space_(space) {}
    [[nodiscard]] std::uint32_t value_count(SlotIndex slot) const override {
        return space_.value_table(space_.layout().position_of[slot]).size();
    }
    [[nodiscard]] std::string_view value(SlotIndex slot, std::uint32_t id) const override {
        return space_.value(space_.layout().position_of[slot], id);
    }

private:
    const engine::SlotSpace& space_;
};

class RankExplorer {
public:
    // `first`: the same on all ranks.
    RankExplorer(engine::BoundModel& model, const SearchOptions& options, const engine::FirstLook& first,
                 engine::StopWatch& watch, World& world);

    // The same on all ranks, but for what their workers did (handler calls).
    Report run();

private:
    using State = engine::State;
    using LastStep = std::pair<StepIndex, std::uint64_t>;      // the last step and the coverage points it passed
    using Lists = std::vector<std::vector<engine::Candidate>>; // by own shard; in each, in the order of parents

    struct Chain { // the states of a run, as bytes
        std::vector<GlobalState> states;
        std::uint32_t initial = 0;
        bool from_initial = false; // the first is an initial state
        bool out_of_time = false;
    };

    // The search (rank_explorer.cpp).
    void start();
    void search();
    void next_round();
    void finish_round(std::uint64_t end, const RoundReport& all, bool inserted);
    void check_limits(Stop told);
    void expand(std::uint64_t begin, std::uint64_t end);
    void run_together(std::uint64_t work, const std::function<void(unsigned)>& job);
    void limit(const std::string& reason);
    void limit(Stop stop);
    [[nodiscard]] std::uint64_t round_length() const;
    [[nodiscard]] GlobalState canonical(const GlobalState& state) {
        return space_.unfold(expanders_.front()->canonical(space_.fold(state)));
    }
    [[nodiscard]] bool leads() const { return world_.rank() == 0; }

    // What goes from rank to rank (rank_exchange.cpp).
    [[nodiscard]] std::vector<std::string> pack(std::uint64_t first_here, Stop stop);
    [[nodiscard]] std::string pack_for(unsigned rank, std::uint64_t first_here, std::uint64_t candidates);
    [[nodiscard]] std::vector<engine::Candidate> own_candidates(std::size_t shard, std::uint64_t first_here) const;
    // Of what the others sent, and what is this rank's own. `stop` becomes what somebody said.
    [[nodiscard]] std::vector<Lists> unpack(const std::vector<std::string>& messages, std::uint64_t first_here,
                                            Stop& stop);
    [[nodiscard]] Lists unpack_from(unsigned rank, std::string_view message, Stop& stop, std::uint64_t& candidates);
    // None: it is done, and report.fresh says how many were new.
    [[nodiscard]] Stop insert(const std::vector<Lists>& lists, std::uint64_t first_parent, RoundReport& report);
    [[nodiscard]] bool grow_store();
    void number_fresh(const ShardCounts& fresh);

    // What findings mean (rank_settling.cpp).
    void take_results(RoundReport& report);
    void settle(const RoundReport& all);
    void settle(const engine::Finding& finding);
    void settle_here(const engine::Finding& finding, const Chain& chain);
    void want_more(const Chain& chain, PropertyBits violated);
    void look_again(const engine::Finding& finding, std::array<unsigned, property_count_max>& seen);
    void settle_again(const engine::Finding& finding);
    void add_path(const engine::Finding& finding, const Chain& chain);
    void decide(const std::function<void()>& decide);
    void fail_everywhere(const std::string& reason, const Path& path);
    void complain(const Complaint& complaint);
    void tell_decided();
    void share_standing();
    [[nodiscard]] Chain collect(std::uint64_t number, std::size_t length_max);
    void with_trail(const Chain& chain, const std::function<void(const engine::Trail&, std::uint64_t)>& use);

    // After a limit, and what is asked twice (rank_judging.cpp).
    void judge_rest();
    void judge(std::uint64_t end, engine::Work work, const engine::OpenQuestions& open,
               const std::function<bool(const RoundReport& all)>& after);
    [[nodiscard]] bool judge_here(std::uint64_t begin, std::uint64_t end, engine::Work work,
                                  const engine::OpenQuestions& open);
    void look_at_samples(RoundReport& report);
    void ask_again();
    [[nodiscard]] std::optional<std::string> ask_here();

    // Checkpoints (rank_checkpoint.cpp, rank_recheck.cpp): engine/explorer_checkpoint.cpp and explorer_resume.cpp.
    void prepare_checkpoints();
    [[nodiscard]] bool save_is_due() const;
    [[nodiscard]] double saving_seconds() const { return static_cast<double>(found_) / states_saved_per_second_; }
    [[nodiscard]] std::string identity() const;
    void save();
    void resume();
    [[nodiscard]] Stop enter_all();
    void take_up(const Saved& saved);
    void nothing_taken_up(Stop stop);
    void expect_same_beginning();
    void look_again_at_saved(const engine::Standing& standing);
    [[nodiscard]] Stop fire_again(const Saved& saved);
    [[nodiscard]] Stop look_at_links(std::uint64_t states);
    [[nodiscard]] Stop look_at_successors(std::uint64_t end);
    [[nodiscard]] RoundReport looked_here(const std::function<void(RoundReport& mine)>& look);
    [[nodiscard]] RoundReport looked_everywhere(const std::function<void(RoundReport& mine)>& look) {
        return tell(looked_here(look));
    }
    [[nodiscard]] RoundReport tell(const RoundReport& mine) {
        return all_together(world_.gather(to_bytes(mine, shards_)));
    }

    // What is held, what is told (rank_account.cpp).
    [[nodiscard]] Stop memory_limit(std::uint64_t growth);
    [[nodiscard]] std::uint64_t bytes_in_use() const;
    [[nodiscard]] engine::AccountedBytes accounted() const;
    [[nodiscard]] std::uint64_t store_bytes() const { return store_.bytes() + table_bytes_ + numbering_.bytes(); }
    [[nodiscard]] std::uint64_t memory_max() const { return options_.limits.memory_bytes_max; }
    void note_memory() { memory_.note(bytes_in_use()); }
    void forget_if_large();
    void forget();
    void show_progress();
    [[nodiscard]] Report report();
    struct Effort { // of all ranks
        std::vector<std::uint64_t> coverage;
        std::uint64_t handler_calls = 0;
        std::uint64_t store_bytes = 0;
        std::uint64_t memory_bytes = 0;
    };
    [[nodiscard]] Effort add_up();

    engine::BoundModel& model_;
    const SearchOptions& options_;
    const engine::FirstLook& first_;
    engine::StopWatch& watch_;
    World& world_;
    ShardRange shards_; // of this rank
    engine::Team team_;
    unsigned workers_;
    std::atomic<std::uint64_t> table_bytes_ = 0;
    std::atomic<std::uint64_t> cache_bytes_ = 0;
    engine::SlotSpace space_;
    engine::SleepSets sleep_;
    engine::RecordSpace records_;
    engine::StateStore store_; // this rank's states; their parents by numbers among all
    Numbering numbering_;
    std::vector<std::unique_ptr<engine::Expander>> expanders_;
    std::vector<engine::CandidateBuffers> blocks_;
    std::size_t blocks_used_ = 0;
    std::vector<HalfSender> senders_; // by rank
    std::vector<HalfReceiver> receivers_;
    std::uint64_t message_bytes_ = 0; // of this round
    SharedSaving saving_{space_, store_, numbering_, world_};
    engine::OrbitCheck orbits_;
    std::vector<engine::JudgedState> samples_; // of this rank's states, by their numbers here
    SlotValues values_{space_};
    engine::GrowthWatch growth_{model_, values_};

    // The same on all ranks. Numbers of states are those among all.
    engine::OpenQuestions open_;
    std::uint64_t found_ = 0; // states
    engine::SearchPosition position_;
    std::uint64_t judged_ = 0;
    std::uint64_t firings_ = 0;
    std::uint64_t followed_ = 0;
    std::uint64_t dead_ends_ = 0;
    std::uint64_t outside_ = 0;
    std::string limit_;
    bool failed_ = false;
    bool settled_ = false;       // all properties
    bool tell_again_ = false;    // what a resumed search knew
    bool out_of_memory_ = false; // a rank had none left: what it holds cannot be looked at any more
    bool judging_cut_ = false;
    bool saves_ = false;   // rank 0 has a folder for checkpoints
    bool resumes_ = false; // .. and goes on from what is there
    bool started_ = false; // all initial states are there
    bool cut_ = false;     // states were lost to the limit
    std::string failure_;
    std::string checkpoint_failure_;
    double seconds_before_ = 0; // what a resumed search had spent
    std::uint64_t handler_calls_before_ = 0;
    double states_saved_per_second_ = 5e6;

    // Of rank 0.
    Decisions decisions_;
    std::vector<engine::Finding> findings_; // those that settled something
    FileLock checkpoint_lock_;
    std::size_t told_ = 0;
    std::array<std::set<LastStep>, property_count_max> last_steps_;
    double last_progress_ = 0; // on watch_
    double last_save_ = 0;     // the same
    std::uint64_t last_distinct_ = 0;
    std::uint64_t all_store_bytes_ = 0;
    std::uint64_t all_held_bytes_ = 0;

    // Of this rank.
    engine::ExpansionCounts counts_; // its share
    bool cut_here_ = false;
    std::string complaint_here_; // to be told with the next round
    engine::HeldMemory memory_;
};

} // namespace mdcd::checker::distributed
