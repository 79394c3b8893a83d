public import FlowProgram

extension Deployment {
    /// The programs with their config from an environment: a setting `sales_number` is the variable `SALES_NUMBER`.
    ///
    /// - Parameter environment: read once; defaults stand where a variable is missing.
    /// - Throws: `ConfigurationProblems` that names every setting that is missing or doesn't fit its type.
    public init(_ programs: [ProgramFile.Entry], environment: [String: String]) throws(ConfigurationProblems)
    {
        var problems: [String] = []
        let entries = programs.map { entry in
            Entry(
                program: entry.program, hash: entry.program.contentHash, sourceMap: entry.sourceMap,
                config: entry.program.config.map { item in
                    item.value(in: environment, flow: entry.program.flow, problems: &problems)
                })
        }
        guard problems.isEmpty else { throw ConfigurationProblems(problems: problems) }
        self.init(entries: entries)
    }
}

/// What is wrong with the settings of a deployment, a sentence each.
public struct ConfigurationProblems: Error, Sendable, CustomStringConvertible {
    /// In the order of the programs; each once.
    public let problems: [String]

    package init(problems: [String]) {
        var seen: Set<String> = []
        self.problems = problems.filter { seen.insert($0).inserted }
    }

    public var description: String { problems.joined(separator: "\n") }
}

extension Program.ConfigItem {
    /// The name of the setting in the environment.
    package var variable: String { name.uppercased() }

    package func value(in environment: [String: String], flow: String, problems: inout [String]) -> Value {
        guard let text = environment[variable] else {
            if let defaultValue { return defaultValue }
            if case .optional = type { return .none }
            problems.append("config: \(variable) isn't set (flow '\(flow)', config \(name): \(type.display))")
            return .none
        }
        guard let value = FlowProgram.value(of: composed(text), as: type) else {
            let shown = type.isSecret ? "its value" : "'\(text)'"
            problems.append(
                "config: \(variable): \(shown) is no \(type.display) (flow '\(flow)', config \(name))")
            return .none
        }
        return value
    }
}
