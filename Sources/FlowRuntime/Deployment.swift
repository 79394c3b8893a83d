public import FlowProgram

/// The programs that answer, and the settings that they run with. A value: a new version is a new deployment.
public struct Deployment: Sendable {
    /// A program with what surrounds it.
    public struct Entry: Sendable {
        public var program: Program { executable.program }
        /// Of the program's content, 32 bytes.
        public var hash: [UInt8] { executable.hash }
        /// The name of a variable that is never shown, if the program has one: its value is in the rows of sessions.
        public var secretVariable: String? {
            program.variables.first { $0.type.isSecret }?.name
        }
        /// The program as `flowc build` would write it.
        package var file: ProgramFile.Entry {
            ProgramFile.Entry(program: program, sourceMap: sourceMap ?? SourceMap(files: [], places: []))
        }
        package let executable: ExecutableProgram
        public let sourceMap: SourceMap?
        /// One for each of `Program.config`.
        package let config: [Value]
        /// Those that flow and config name.
        package let fetchHosts: Set<String>

        package init(program: Program, hash: [UInt8], sourceMap: SourceMap?, config: [Value]) {
            executable = ExecutableProgram(program, hash: hash)
            fetchHosts = Self.fetchHosts(of: executable, config: config)
            self.sourceMap = sourceMap
            self.config = config
        }
    }

    public private(set) var entries: [Entry] = []

    /// Whether the same programs answer with the same settings.
    package func isSame(as other: Deployment) -> Bool {
        entries.elementsEqual(other.entries) { $0.hash == $1.hash && $0.config == $1.config }
    }

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// The program of a flow on a channel.
    ///
    /// - Parameter flow: the flow's name as bytes of UTF-8.
    public func entry(flow: some Collection<UInt8>, channel: Channel) -> Entry? {
        entries.first {
            $0.executable.program.channel == channel
                && $0.executable.program.flow.utf8.elementsEqual(flow)
        }
    }

    /// The program that a session began with.
    public func entry(hash: [UInt8]) -> Entry? {
        entries.first { $0.executable.hash == hash }
    }
}
