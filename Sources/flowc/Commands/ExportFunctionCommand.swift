import ArgumentParser
import FlowExport
import FlowProgram

struct ExportFunctionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "function",
        abstract: "A project of Twilio Functions that answers without a server.",
        discussion: """
            Plain JavaScript for Node 20 and later, laid out for the Serverless Toolkit: each flow's program as data, and one interpreter. \
            What a Function can't do is an error at its step; what it promises less than `serve` stands in docs/hosting.md. \
            Exit status: 0 all is well, 1 problems in flows or an export that is out of date, 69 it can't be written.

            Example: flowc export function flows --flow main-menu -o functions
            """)

    @OptionGroup var options: ExportOptions

    func validate() throws {
        if options.output == nil { throw ValidationError("a project needs its folder: -o DIR") }
    }

    func run() throws {
        let programs = try options.programs()
        do {
            try options.put(twilioFunctions(of: programs.map(\.program)))
        } catch let found as FunctionProblems {
            try Compiler.report(
                found.problems.map { FoundProblem($0, in: programs[$0.program].sourceMap) }, options.paths)
            throw Failure(.problems, Compiler.summary(errors: found.problems.count))
        }
    }
}
