import ArgumentParser
import FlowCompiler

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of flow files, for editors.",
        discussion: """
            With it an editor completes verbs and options, shows what they do, and underlines what can't stand there. \
            It sees the structure of a flow; `flowc check` sees the rest.

            Example: flowc schema > flow.schema.json
            """)

    func run() { Console.print(flowSchema()) }
}
