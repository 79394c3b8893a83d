import ArgumentParser
import FlowExport
import FlowProgram

struct ExportTwiMLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twiml",
        abstract: "Flows as static documents, for TwiML Bins and static hosts.",
        discussion: """
            A flow that needs no answer (an announcement, a forward, a click to call) is one document to paste into a TwiML Bin; what \
            comes with the call or text stands there as {{Name}}. A voice flow that branches on keys and on how calls went becomes a \
            folder of files for any static host, and one bin that finds them: it needs --base-url, and then --bin-url. What can't be \
            static is an error at its step. Exit status: 0 all is well, 1 problems in flows, a step that can't be static or an export \
            that is out of date, 64 wrong usage, 69 a setting or the bin is missing or it can't be written.

            Example: flowc export twiml flows --flow key-menu -o static --base-url https://cdn.example.com/flows \
            --bin-url https://handler.twilio.com/twiml/EH…
            """)

    @OptionGroup var options: ExportOptions

    @Option(help: "Where the folder will be: an absolute https URL.")
    var baseURL: String?

    @Option(help: "Of the bin with the text of dispatcher.xml.")
    var binURL: String?

    @Option(help: "Documents of a flow at most, 1 to 100000.")
    var maxDocuments = StaticHosting.usualBound

    func validate() throws {
        guard (1...100_000).contains(maxDocuments) else {
            throw ValidationError("--max-documents is a number from 1 to 100000")
        }
        do throws(StaticURLProblem) {
            _ = try hosting()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() throws {
        let programs = try options.programs()
        let hosting = try hosting()
        let made = try options.export { environment in
            try staticDocuments(of: programs, environment: environment, hosting: hosting)
        }
        guard made.problems.isEmpty else {
            try Compiler.report(
                made.problems.map { FoundProblem($0, in: programs[$0.program].sourceMap) }, options.paths)
            throw Failure(.problems, Compiler.summary(errors: made.problems.count))
        }
        if let text = made.missingBin {
            throw Failure(
                .unavailable,
                "the files need a bin that finds them: make a TwiML Bin of this text, and give its URL as --bin-url\n\(text)"
            )
        }
        let starts = made.export.documents.filter { $0.host == .file && $0.setting != nil }
        if !starts.isEmpty, options.output == nil {
            throw Failure(.wrongUsage, "files need a folder: -o DIR")
        }
        for flow in made.keysOnly {
            let program = programs[flow.program]
            let places = flow.operations.compactMap { program.sourceMap.location(of: $0) }
            Console.printError(
                "flowc: '\(program.program.flow)' listens to keys only, not to speech: \(places.joined(separator: ", "))"
            )
        }
        try options.put(made.export)
        guard !options.check else { return }
        for start in starts {
            Console.print(
                "\(start.flow ?? ""): \(start.setting ?? "") \(start.url ?? ""), \(start.method ?? "")")
        }
    }

    private func hosting() throws(StaticURLProblem) -> StaticHosting {
        try StaticHosting(baseURL: baseURL, binURL: binURL, maxDocuments: maxDocuments)
    }
}
