// Limits first, since any system has them; then an empty folder, Landlock and seccomp, whatever there is of it. A call
// that is not on the list fails with EPERM rather than to end the process: another C library may try one that it can do
// without. Knows no solver.
#include "checker/smt/confinement.hpp"

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <cerrno>
#include <vector>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MDCD_HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define MDCD_HAS_SANITIZER 1
#endif
#endif

namespace mdcd::checker::smt {
namespace {

#ifdef MDCD_HAS_SANITIZER
constexpr bool has_sanitizer = true; // which opens files and starts processes to report
#else
constexpr bool has_sanitizer = false;
#endif

bool limit(int resource, rlim_t value) {
    const rlimit limits{.rlim_cur = value, .rlim_max = value};
    return setrlimit(static_cast<decltype(RLIMIT_CORE)>(resource), &limits) == 0;
}

bool limit_files() {
    std::signal(SIGXFSZ, SIG_IGN); // an error of the write instead
    const bool no_bytes = limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0);
    return no_bytes && (has_sanitizer || limit(RLIMIT_NOFILE, STDERR_FILENO + 1));
}

// A folder that has been removed: nothing is in it, and nothing can be made there.
bool enter_empty_folder() {
    const char* const given = std::getenv("TMPDIR");
    std::string name = std::string(given != nullptr && *given == '/' ? given : "/tmp") + "/mdcd-XXXXXX";
    if (mkdtemp(name.data()) == nullptr)
        return false;
    const bool entered = chdir(name.c_str()) == 0;
    return rmdir(name.c_str()) == 0 && entered;
}

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

// From the kernel's interface: the headers may be older than the kernel.
struct LandlockRules {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
};
constexpr long landlock_create_ruleset = 444;
constexpr long landlock_restrict_self = 446;
constexpr unsigned landlock_version = 1;

bool forbid_paths() {
    const long version = syscall(landlock_create_ruleset, nullptr, 0, landlock_version);
    if (version < 1)
        return false;
    LandlockRules rules{.files = (1U << 13U) - 1};
    if (version >= 2)
        rules.files |= 1U << 13U; // moving between folders
    if (version >= 3)
        rules.files |= 1U << 14U; // truncating
    if (version >= 4)
        rules.network = 3; // TCP: bind, connect
    if (version >= 5)
        rules.files |= 1U << 15U; // devices
    const std::size_t size = version >= 4 ? sizeof rules : sizeof rules.files;
    const long ruleset = syscall(landlock_create_ruleset, &rules, size, 0); // and no rule that allows anything
    if (ruleset < 0)
        return false;
    const bool done = syscall(landlock_restrict_self, ruleset, 0) == 0;
    close(static_cast<int>(ruleset));
    return done;
}

#ifdef __x86_64__
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#endif

constexpr long plain_calls[] = {
    // Replies to messages.
    SYS_read,
    SYS_readv,
    SYS_write,
    SYS_writev,
    SYS_recvfrom,
    SYS_recvmsg,
    SYS_sendto,
    SYS_sendmsg,
    SYS_ppoll,
    SYS_close,
    SYS_shutdown,
    SYS_lseek,
    // Memory. mmap and mprotect: below.
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    // Threads and signals; clone and tgkill: below.
    SYS_futex,
    SYS_set_robust_list,
    SYS_get_robust_list,
    SYS_set_tid_address,
    SYS_gettid,
    SYS_getpid,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_exit,
    SYS_exit_group,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_restart_syscall,
    SYS_membarrier,
    // Time.
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_times,
    SYS_getrusage,
    SYS_timer_create,
    SYS_timer_settime,
    SYS_timer_delete,
    SYS_setitimer,
    // Neither.
    SYS_getrandom,
    SYS_sysinfo,
    SYS_uname,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef __x86_64__
    SYS_poll,
    SYS_time,
    SYS_arch_prctl,
#endif
};

class Filter {
public:
    Filter() {
        load(offsetof(seccomp_data, arch));
        add(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0);
        give(SECCOMP_RET_ERRNO | EPERM);
    }

    void allow(long call) {
        load(offsetof(seccomp_data, nr));
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
        give(SECCOMP_RET_ALLOW);
    }

    // Only if the lower half of an argument has these bits as they are wanted.
    void allow_if(long call, unsigned argument, std::uint32_t mask, std::uint32_t wanted) {
        load(offsetof(seccomp_data, nr));
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4);
        load(static_cast<std::uint32_t>(offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t)));
        add(BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
        add(BPF_JMP | BPF_JEQ | BPF_K, wanted, 0, 1);
        give(SECCOMP_RET_ALLOW);
    }

    void refuse(long call, int error) {
        load(offsetof(seccomp_data, nr));
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
        give(SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error));
    }

    bool install() {
        give(SECCOMP_RET_ERRNO | EPERM);
        const sock_fprog program{.len = static_cast<unsigned short>(code_.size()), .filter = code_.data()};
        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
    }

private:
    void add(unsigned operation, std::uint32_t value, std::uint8_t if_true, std::uint8_t if_false) {
        code_.push_back({.code = static_cast<std::uint16_t>(operation), .jt = if_true, .jf = if_false, .k = value});
    }
    void load(std::uint32_t offset) { add(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
    void give(std::uint32_t result) { add(BPF_RET | BPF_K, result, 0, 0); }

    std::vector<sock_filter> code_;
};

bool filter_calls() {
    Filter filter;
    for (const long call : plain_calls)
        filter.allow(call);
    filter.allow_if(SYS_mmap, 2, PROT_EXEC, 0);
    filter.allow_if(SYS_mprotect, 2, PROT_EXEC, 0);
    filter.allow_if(SYS_clone, 0, CLONE_THREAD, CLONE_THREAD); // a thread, not a process
#ifdef SYS_clone3
    filter.refuse(SYS_clone3, ENOSYS); // what it asks for cannot be seen; the C library then uses clone
#endif
    filter.allow_if(SYS_tgkill, 0, ~0U, static_cast<std::uint32_t>(getpid())); // itself: abort
    return filter.install();
}

void forbid_more(Confinement& confinement) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return;
    confinement.files = forbid_paths();
}

#else

void forbid_more(Confinement&) {}

bool filter_calls() {
    return false;
}

#endif

} // namespace

Confinement confine() {
    Confinement confinement;
    confinement.folder = enter_empty_folder();
    if (!has_sanitizer)
        forbid_more(confinement); // before the limits: it needs a descriptor for a moment
    confinement.limits = limit_files();
    if (!has_sanitizer)
        confinement.calls = filter_calls(); // last: it allows none of the calls above
    return confinement;
}

} // namespace mdcd::checker::smt
