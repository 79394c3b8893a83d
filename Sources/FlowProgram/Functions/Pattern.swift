/// A pattern of `matches`, ready to run: the set of all states that could have been reached is carried along the text, so
/// that no pattern is slow on any text.
///
/// The whole text must match. Letters stand for themselves; `.`, `[a-z]`, `[^a-z]`, `\d`, `\w`, `\s` and their opposites
/// `\D`, `\W`, `\S`, `* + ? {n} {n,} {n,m}`, groups, `|`, and `^` and `$` for the text's ends are known; a backslash
/// before a punctuation mark makes it a letter.
package struct Pattern: Sendable {
    package static let maxScalars = 200
    package static let maxInstructions = 500

    enum Instruction: Sendable {
        case scalar(Unicode.Scalar)
        case any
        case set(ScalarSet)
        /// Both ways.
        case split(Int, Int)
        case jump(Int)
        case atStart
        case atEnd
        case accept
    }

    private let instructions: [Instruction]

    /// What is wrong with a pattern, in a few words.
    package struct Fault: Error, Hashable {
        package var reason: String
    }

    package init(_ source: String) throws(Fault) {
        var parser = PatternParser(source)
        let tree = try parser.parse()
        var compiler = PatternCompiler()
        try compiler.emit(tree)
        compiler.instructions.append(.accept)
        instructions = compiler.instructions
    }

    /// - Complexity: O(scalars of the text × instructions)
    package func matches(_ text: String) -> Bool {
        var current = ThreadList(capacity: instructions.count)
        var next = ThreadList(capacity: instructions.count)
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        follow(0, into: &current, atStart: true, atEnd: scalars.isEmpty)
        while index != scalars.endIndex {
            let scalar = scalars[index]
            scalars.formIndex(after: &index)
            let atEnd = index == scalars.endIndex
            next.removeAll()
            for place in current.places where accepts(instructions[place], scalar) {
                follow(place + 1, into: &next, atStart: false, atEnd: atEnd)
            }
            swap(&current, &next)
            if current.places.isEmpty { return false }
        }
        return current.places.contains { if case .accept = instructions[$0] { true } else { false } }
    }

    private func accepts(_ instruction: Instruction, _ scalar: Unicode.Scalar) -> Bool {
        switch instruction {
        case .scalar(let wanted): scalar == wanted
        case .any: true
        case .set(let set): set.contains(scalar)
        case .split, .jump, .atStart, .atEnd, .accept: false
        }
    }

    /// Adds a place and all that can be reached from it without reading.
    private func follow(_ start: Int, into list: inout ThreadList, atStart: Bool, atEnd: Bool) {
        var open = [start]
        while let place = open.popLast() {
            guard instructions.indices.contains(place), list.visit(place) else { continue }
            switch instructions[place] {
            case .split(let first, let second): open += [second, first]
            case .jump(let target): open.append(target)
            case .atStart: if atStart { open.append(place + 1) }
            case .atEnd: if atEnd { open.append(place + 1) }
            case .scalar, .any, .set, .accept: list.places.append(place)
            }
        }
    }

    /// The places reached, each once.
    private struct ThreadList {
        var places: [Int] = []
        private var visited: [Int]
        private var round = 1

        init(capacity: Int) {
            visited = [Int](repeating: 0, count: capacity)
        }

        mutating func removeAll() {
            places.removeAll(keepingCapacity: true)
            round += 1
        }

        /// False if the place was there already.
        mutating func visit(_ place: Int) -> Bool {
            if visited[place] == round { return false }
            visited[place] = round
            return true
        }
    }
}

/// Scalars between bounds, or all others.
struct ScalarSet: Sendable {
    enum Member: Sendable {
        case range(ClosedRange<UInt32>)
        case digit(Bool)
        case wordScalar(Bool)
        case blank(Bool)

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .range(let range): range.contains(scalar.value)
            case .digit(let wanted): ("0"..."9").contains(scalar) == wanted
            case .wordScalar(let wanted):
                (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_") == wanted
            case .blank(let wanted): scalar.properties.isWhitespace == wanted
            }
        }
    }

    var members: [Member]
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        members.contains { $0.contains(scalar) } != isNegated
    }
}
