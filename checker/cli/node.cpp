// `mdcd node`: one process of a system, as a service manager would start it.
// Knows no protocol: reads what it is to be and runs it.
#include <CLI/CLI.hpp>

#include <iostream>

#include "checker/cli/node/system_file.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/whole_file.hpp"
#include "impl/runtime/line_file.hpp"
#include "impl/runtime/log_line.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {
namespace {

struct NodeArguments {
    std::string file;
    std::string process;
    std::string folder;
    int status = -1;
    std::string metrics;
};

ExitCode run_node(const NodeArguments& arguments) {
    node::SystemFile system = node::read_system(traces::read_text_file(arguments.file), arguments.file);
    impl::runtime::NodeOptions options;
    options.system = system.system.description;
    options.program = system.system.program.get();
    options.self = node::process_named(system.system, arguments.process, arguments.file);
    options.addresses = node::addresses_in(system, arguments.file, arguments.folder);
    options.folder = arguments.folder + "/" + arguments.process;
    if (system.certificates)
        options.certificates = node::certificates_of(system, arguments.process);
    options.durability = system.durability;
    options.tick_ms = system.tick_ms;
    options.status = arguments.status;
    try {
        if (!arguments.metrics.empty())
            options.metrics = impl::runtime::parse_address(arguments.metrics, options.folder);
        (void)impl::runtime::parse_address(impl::runtime::operator_address, options.folder);
    } catch (const impl::runtime::AddressError& error) {
        throw traces::FileError(arguments.metrics.empty() ? options.folder : arguments.metrics, "", error.what());
    }
    make_folder(options.folder);
    try {
        const impl::runtime::NodeEnd end = impl::runtime::run_node(options);
        return end == impl::runtime::NodeEnd::asked ? ExitCode::as_expected : ExitCode::malformed_file;
    } catch (const impl::runtime::AddressError& error) {
        throw traces::FileError(options.folder, "", error.what());
    } catch (const impl::runtime::CertificateError& error) {
        throw traces::FileError(arguments.file, "$.certificates", error.what());
    } catch (const impl::runtime::StoreError& error) {
        throw traces::FileError(options.folder, "", error.what());
    } catch (const impl::runtime::LineFileError& error) {
        throw traces::FileError(options.folder, "", error.what());
    } catch (const impl::runtime::StoreUnavailable& error) {
        throw WriteError(error.what());
    }
}

} // namespace

void add_node(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("node", "Runs one process of a system that mdcd run would start");
    const auto arguments = std::make_shared<NodeArguments>();
    command->add_option("SYSTEM", arguments->file, "The system: processes, addresses, rules, application")
        ->required()
        ->type_name("FILE");
    command->add_option("PROCESS", arguments->process, "Which of them: L1, S1, A1, ..")->required()->type_name("NAME");
    command->add_option("--dir", arguments->folder, "Where the processes of the system keep their databases and logs")
        ->required()
        ->type_name("DIR");
    command->add_option("--status-fd", arguments->status, "")->group("")->type_name("N");
    command->add_option("--metrics", arguments->metrics, "Where Prometheus may ask: 127.0.0.1:PORT or unix:NAME")
        ->type_name("ADDRESS");
    command->footer("SIGTERM ends it; it goes on where it was when it is started again, also after SIGKILL.\n"
                    "Examples:\n  mdcd node metering.json A2 --dir run");
    command->callback([arguments, &exit_code] { exit_code = run_node(*arguments); });
}

} // namespace mdcd::checker::cli
