/// A pattern as a tree.
indirect enum PatternNode: Sendable {
    case empty
    case scalar(Unicode.Scalar)
    case any
    case set(ScalarSet)
    case start
    case end
    case sequence([PatternNode])
    case either([PatternNode])
    /// A nil maximum: any number.
    case repeated(PatternNode, min: Int, max: Int?)
}

struct PatternParser {
    private static let maxDepth = 20
    private static let maxRepeat = 100

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    init(_ source: String) {
        scalars = Array(source.unicodeScalars.prefix(Pattern.maxScalars + 1))
    }

    mutating func parse() throws(Pattern.Fault) -> PatternNode {
        guard scalars.count <= Pattern.maxScalars else {
            throw Pattern.Fault(reason: "it has more than \(Pattern.maxScalars) characters")
        }
        let tree = try alternatives()
        if index < scalars.count { throw Pattern.Fault(reason: "a ')' has no '('") }
        return tree
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard next == wanted else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() throws(Pattern.Fault) -> PatternNode {
        var ways = [try sequence()]
        while take("|") { ways.append(try sequence()) }
        return ways.count == 1 ? ways[0] : .either(ways)
    }

    private mutating func sequence() throws(Pattern.Fault) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            parts.append(try repeated(try atom()))
        }
        return parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func repeated(_ node: PatternNode) throws(Pattern.Fault) -> PatternNode {
        var result = node
        if take("*") {
            result = .repeated(node, min: 0, max: nil)
        } else if take("+") {
            result = .repeated(node, min: 1, max: nil)
        } else if take("?") {
            result = .repeated(node, min: 0, max: 1)
        } else if take("{") {
            result = try bounded(node)
        }
        if let scalar = next, scalar == "*" || scalar == "+" || scalar == "?" || scalar == "{" {
            if case .repeated = result { throw Pattern.Fault(reason: "'\(scalar)' has nothing to repeat") }
        }
        return result
    }

    private mutating func bounded(_ node: PatternNode) throws(Pattern.Fault) -> PatternNode {
        let wrong = Pattern.Fault(reason: "'{' wants numbers up to \(Self.maxRepeat), such as {2} or {2,4}")
        guard let low = number() else { throw wrong }
        var high: Int? = low
        if take(",") { high = number() }
        guard take("}"), low <= Self.maxRepeat, (high ?? low) <= Self.maxRepeat, low <= high ?? low else {
            throw wrong
        }
        return .repeated(node, min: low, max: high)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let scalar = next, ("0"..."9").contains(scalar), (value ?? 0) < 1_000 {
            value = (value ?? 0) * 10 + Int(scalar.value - 48)
            index += 1
        }
        return value
    }

    private mutating func atom() throws(Pattern.Fault) -> PatternNode {
        guard let scalar = next else { return .empty }
        index += 1
        switch scalar {
        case ".": return .any
        case "^": return .start
        case "$": return .end
        case "[": return .set(try characterClass())
        case "(": return try group()
        case "\\": return try escape()
        case "*", "+", "?", "{": throw Pattern.Fault(reason: "'\(scalar)' has nothing to repeat")
        default: return .scalar(scalar)
        }
    }

    private mutating func group() throws(Pattern.Fault) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { throw Pattern.Fault(reason: "its groups are nested too deeply") }
        if next == "?" { throw Pattern.Fault(reason: "'(?' isn't known here") }
        let inner = try alternatives()
        guard take(")") else { throw Pattern.Fault(reason: "a '(' has no ')'") }
        return inner
    }

    private mutating func escape() throws(Pattern.Fault) -> PatternNode {
        switch try escaped() {
        case .range(let range) where range.count == 1:
            return Unicode.Scalar(range.lowerBound).map(PatternNode.scalar) ?? .empty
        case let member: return .set(ScalarSet(members: [member]))
        }
    }

    /// What follows a backslash.
    private mutating func escaped() throws(Pattern.Fault) -> ScalarSet.Member {
        guard let scalar = next else { throw Pattern.Fault(reason: "it ends with a backslash") }
        index += 1
        switch scalar {
        case "d": return .digit(true)
        case "D": return .digit(false)
        case "w": return .wordScalar(true)
        case "W": return .wordScalar(false)
        case "s": return .blank(true)
        case "S": return .blank(false)
        case "n": return .range(10...10)
        case "t": return .range(9...9)
        case "0"..."9", "a"..."z", "A"..."Z": throw Pattern.Fault(reason: "'\\\(scalar)' isn't known here")
        default: return .range(scalar.value...scalar.value)
        }
    }

    private mutating func characterClass() throws(Pattern.Fault) -> ScalarSet {
        var set = ScalarSet(members: [], isNegated: take("^"))
        while !take("]") {
            let member = try classMember()
            guard case .range(let low) = member, next == "-", index + 1 < scalars.count,
                scalars[index + 1] != "]"
            else {
                set.members.append(member)
                continue
            }
            index += 1
            guard case .range(let high) = try classMember(), low.lowerBound <= high.lowerBound else {
                throw Pattern.Fault(reason: "a range in '[…]' runs backwards")
            }
            set.members.append(.range(low.lowerBound...high.lowerBound))
        }
        if set.members.isEmpty { throw Pattern.Fault(reason: "'[]' holds nothing") }
        return set
    }

    private mutating func classMember() throws(Pattern.Fault) -> ScalarSet.Member {
        guard let scalar = next else { throw Pattern.Fault(reason: "a '[' has no ']'") }
        index += 1
        return scalar == "\\" ? try escaped() : .range(scalar.value...scalar.value)
    }
}

struct PatternCompiler {
    var instructions: [Pattern.Instruction] = []
    /// Nodes written out; counted apart, as `(){100}` gives no instructions.
    private var work = 0

    mutating func emit(_ node: PatternNode) throws(Pattern.Fault) {
        work += 1
        guard work < Pattern.maxInstructions * 2, instructions.count < Pattern.maxInstructions else {
            throw Pattern.Fault(reason: "it is too large once its repetitions are written out")
        }
        switch node {
        case .empty: break
        case .scalar(let scalar): instructions.append(.scalar(scalar))
        case .any: instructions.append(.any)
        case .set(let set): instructions.append(.set(set))
        case .start: instructions.append(.atStart)
        case .end: instructions.append(.atEnd)
        case .sequence(let parts): for part in parts { try emit(part) }
        case .either(let ways): try emit(either: ways[...])
        case .repeated(let inner, let min, let max): try emit(inner, min: min, max: max)
        }
    }

    private mutating func emit(either ways: ArraySlice<PatternNode>) throws(Pattern.Fault) {
        var jumps: [Int] = []
        for (offset, way) in ways.enumerated() {
            guard offset < ways.count - 1 else {
                try emit(way)
                break
            }
            let split = reserve()
            try emit(way)
            jumps.append(reserve())
            instructions[split] = .split(split + 1, instructions.count)
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func emit(_ node: PatternNode, min: Int, max: Int?) throws(Pattern.Fault) {
        for _ in 0..<min { try emit(node) }
        guard let max else {
            let split = reserve()
            try emit(node)
            instructions.append(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        for _ in min..<Swift.max(min, max) {
            let split = reserve()
            try emit(node)
            instructions[split] = .split(split + 1, instructions.count)
        }
    }

    private mutating func reserve() -> Int {
        instructions.append(.accept)
        return instructions.count - 1
    }
}
