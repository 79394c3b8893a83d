import FlowProgram

/// Gives every path its number.
struct PathTable: Sendable {
    enum Root: Hashable, Sendable {
        case variable(Int)
        case config(Int)
        case context(ContextField)
    }

    private enum Key {
        case root(Root)
        case field(of: Int, Int)
    }

    /// By the variable's slot.
    private var variables: [Int?] = []
    private var others: [Root: Int] = [:]
    /// By the number of the record's path, then by the field.
    private var fields: [[Int: Int]] = []
    private var paths: [FactPath] = []
    private var parents: [Int?] = []

    mutating func path(_ root: Root) -> FactPath {
        if case .variable(let slot) = root {
            return intern(.root(root), variable: slot, isVariable: true, context: nil, parent: nil)
        }
        var context: ContextField?
        if case .context(let field) = root { context = field }
        return intern(.root(root), variable: nil, isVariable: false, context: context, parent: nil)
    }

    mutating func field(of base: FactPath, _ index: Int) -> FactPath {
        intern(
            .field(of: base.id, index), variable: base.variable, isVariable: false, context: base.context,
            parent: base.id)
    }

    /// The path and all that it goes through: where a field is present, so is its record.
    func withPrefixes(_ path: FactPath) -> [FactPath] {
        var result: [FactPath] = []
        var next: Int? = path.id
        while let id = next, paths.indices.contains(id) {
            result.append(paths[id])
            next = parents[id]
        }
        return result
    }

    private mutating func intern(
        _ key: Key, variable: Int?, isVariable: Bool, context: ContextField?, parent: Int?
    ) -> FactPath {
        if let id = id(of: key) { return paths[id] }
        let path = FactPath(
            id: paths.count, variable: variable, isVariable: isVariable, context: context)
        note(path.id, of: key)
        paths.append(path)
        parents.append(parent)
        fields.append([:])
        return path
    }

    private func id(of key: Key) -> Int? {
        switch key {
        case .root(.variable(let slot)): variables.indices.contains(slot) ? variables[slot] : nil
        case .root(let root): others[root]
        case .field(let record, let index): fields[record][index]
        }
    }

    private mutating func note(_ id: Int, of key: Key) {
        switch key {
        case .root(.variable(let slot)):
            while variables.count <= slot { variables.append(nil) }
            variables[slot] = id
        case .root(let root): others[root] = id
        case .field(let record, let index): fields[record][index] = id
        }
    }
}
