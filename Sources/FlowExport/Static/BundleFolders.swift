import FlowProgram
import FlowRuntime

/// Where a conversation is when a request comes: all that the answer depends on besides the request.
struct BundlePoint: Hashable {
    var wait: Session.Wait
    var language: Int
    /// Those that nothing reads any more are `none`.
    var variables: [Value]
    var calls: [Int]

    init(_ wait: Session.Wait, of session: Session, _ live: LiveVariables) {
        self.wait = wait
        language = session.language
        calls = session.calls
        let read = live.atOperation.indices.contains(wait.operation) ? live.atOperation[wait.operation] : []
        variables = Array(repeating: .none, count: session.variables.count)
        for variable in read where variables.indices.contains(variable) {
            variables[variable] = session.variables[variable]
        }
    }
}

/// The folders of a bundle, as `main-menu/menu.2/es-MX`: flow, state and attempt, language. What shares them otherwise is numbered.
struct BundleFolders {
    private let program: ExecutableProgram
    private var names: [BundlePoint: String] = [:]
    /// Where upper and lower case are the same.
    private var taken: Set<String> = []

    init(_ program: ExecutableProgram) { self.program = program }

    /// - Returns: whether it is a new one.
    mutating func name(of point: BundlePoint) -> (name: String, isNew: Bool) {
        if let name = names[point] { return (name, false) }
        let base = base(of: point)
        var name = base
        var number = 1
        while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(base).\(number)"
        }
        names[point] = name
        return (name, true)
    }

    private func base(of point: BundlePoint) -> String {
        let operations = program.program.operations
        let operation = point.wait.operation
        let entry = program.program.states.last { $0.entry <= operation }?.entry ?? 0
        // The second wait of a state has a name of its own.
        let before =
            operations.indices.contains(operation) ? operations[entry..<operation].count(where: \.isWait) : 0
        let state = plain(program.state(of: operation) ?? "start") + (before > 0 ? "-\(before + 1)" : "")
        let languages = program.program.languages
        let tag = languages.indices.contains(point.language) ? languages[point.language].tag : ""
        return "\(plain(program.program.flow))/\(state).\(point.wait.attempt)/\(tag)"
    }
}

/// Letters, digits and hyphens of ASCII: the same in a URL and on a disk.
func plain(_ name: String) -> String {
    String(
        name.unicodeScalars.map {
            $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "-"
        })
}
