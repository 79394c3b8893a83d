/// The tree of a file, as much of it as could be read.
struct YAMLTree {
    /// nil if nothing was written.
    var root: YAMLNode?
    /// True where lines were passed over after a syntax error: what seems to be missing may stand there.
    var hasGaps = false
}

/// Bytes to tree. A syntax error is reported, mended in a copy of the same length, and the scan begins
/// anew, so that one error hides no other.
func readYAML(_ file: SourceFile, _ problems: inout Problems) -> YAMLTree {
    guard var checked = checkCharacters(of: file, &problems) else { return YAMLTree(hasGaps: true) }
    blankDirectives(&checked, file, &problems)
    var mending = Mending(file: file)
    var budget = YAMLLimits.maxRescannedBytes
    while true {
        var builder = TreeBuilder(file: file, bytes: checked.bytes, start: checked.start)
        let failure = builder.build()
        let mended = failure.map { mending.mend($0, &checked, &problems) } ?? false
        budget -= checked.bytes.count
        if !mended || budget < 0 || problems.isFull {
            for problem in builder.problems { problems.report(problem) }
            let root = builder.root
            return YAMLTree(root: root, hasGaps: mending.hasGaps || failure != nil || builder.isTooLarge)
        }
    }
}

/// Directives are useless here and, in numbers, slow: they never reach libyaml.
private func blankDirectives(_ checked: inout CheckedBytes, _ file: SourceFile, _ problems: inout Problems) {
    var isReported = false
    for line in 1...file.lineCount {
        let start = Swift.max(file.start(ofLine: line), checked.start)
        guard start < checked.bytes.count, checked.bytes[start] == UInt8(ascii: "%") else { continue }
        if !isReported {
            problems.report(
                SyntaxMessages.directive(at: Span(source: file.id, start..<file.end(ofLine: line))))
        }
        isReported = true
        checked.bytes[start] = UInt8(ascii: "#")
    }
}

/// Builds the tree from events, without recursion.
private struct TreeBuilder {
    let file: SourceFile
    let bytes: [UInt8]
    let start: Int
    private(set) var root: YAMLNode?
    private(set) var problems: [Diagnostic] = []

    private var offsets: ByteOffsets
    private var open: [Collection] = []
    private var anchors: [String: Anchored] = [:]
    private var aliasNodes = 0
    private(set) var isTooLarge = false

    /// A collection whose end wasn't met yet.
    private struct Collection {
        var isMapping: Bool
        var isFlow = false
        var lower: UInt32
        var anchor: String?
        var items: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var key: YAMLNode?
        var names: Set<String> = []
        var nodes = 1
        var height = 1
    }

    private struct Anchored {
        var node: YAMLNode
        var nodes: Int
        var height: Int
    }

    init(file: SourceFile, bytes: [UInt8], start: Int) {
        self.file = file
        self.bytes = bytes
        self.start = start
        offsets = ByteOffsets(bytes[start...])
    }

    /// Reads one document; what was open at a failure is closed there.
    mutating func build() -> YAMLFailure? {
        let bytes = bytes
        let failure = bytes.withUnsafeBufferPointer { buffer in
            var scanner = EventScanner(UnsafeBufferPointer(rebasing: buffer[start...]))
            return consume(&scanner)
        }
        while !open.isEmpty { close(at: open.last?.lower ?? 0) }
        guard var failure else { return nil }
        failure.index = Int(offsets[failure.index])
        failure.contextIndex = Int(offsets[failure.contextIndex])
        return failure
    }

    private mutating func consume(_ scanner: inout EventScanner) -> YAMLFailure? {
        var documents = 0
        while !isTooLarge {
            switch scanner.next() {
            case .documentStart(let index):
                documents += 1
                if documents > 1 {
                    let lower = Int(offsets[index])
                    problems.append(SyntaxMessages.severalDocuments(at: span(lower, lower + 3)))
                    return nil
                }
            case .documentEnd: break
            case .sequenceStart(let properties, let isFlow):
                begin(properties, isMapping: false, isFlow: isFlow)
            case .mappingStart(let properties, let isFlow): begin(properties, isMapping: true, isFlow: isFlow)
            case .sequenceEnd(let upper), .mappingEnd(let upper): close(at: offsets[upper])
            case .scalar(let text, let style, let properties): scalar(text, style, properties)
            case .alias(let name, let lower, let upper): alias(name, offsets[lower], offsets[upper])
            case .failure(let failure): return failure
            case .streamEnd: return nil
            }
        }
        return nil
    }

    private func span(_ lower: Int, _ upper: Int) -> Span {
        Span(source: file.id, lower..<Swift.max(lower, Swift.min(upper, bytes.count)))
    }

    // MARK: collections

    private mutating func begin(_ properties: YAMLEvent.Properties, isMapping: Bool, isFlow: Bool) {
        let lower = offsets[properties.lower]
        if properties.hasTag { reportTag(at: Int(lower)) }
        if open.count >= YAMLLimits.maxDepth {
            return refuse(SyntaxMessages.tooDeep(at: span(Int(lower), Int(lower) + 1)))
        }
        open.append(Collection(isMapping: isMapping, isFlow: isFlow, lower: lower, anchor: properties.anchor))
    }

    private mutating func close(at upper: UInt32) {
        guard var collection = open.popLast() else { return }
        if let key = collection.key, case .scalar(let scalar) = key.kind {
            // Only a failure leaves a key without its value.
            collection.entries.append(
                YAMLEntry(
                    key: Located(scalar.text, key.span), value: YAMLNode(kind: .invalid, span: key.span)))
        }
        let last = collection.isMapping ? collection.entries.last?.value.span : collection.items.last?.span
        let lower = collection.lower
        let end = Swift.max(trimmedEnd(lower, upper), last.map { $0.source == file.id ? $0.upper : 0 } ?? 0)
        // Of a flow collection that was given up, what was read says nothing.
        let kind: YAMLNode.Kind =
            isTooLarge && collection.isFlow
            ? .invalid : collection.isMapping ? .mapping(collection.entries) : .sequence(collection.items)
        let node = YAMLNode(
            kind: kind,
            span: Span(source: file.id, lower: lower, upper: end))
        if let anchor = collection.anchor {
            anchors[anchor] = Anchored(node: node, nodes: collection.nodes, height: collection.height)
        }
        add(node, nodes: collection.nodes, height: collection.height)
    }

    /// A block collection ends, for libyaml, where the next thing begins; for a reader, after its last word.
    private func trimmedEnd(_ lower: UInt32, _ upper: UInt32) -> UInt32 {
        var end = Int(upper)
        while end > Int(lower), isBlankOrBreak(bytes[end - 1]) { end -= 1 }
        guard end > Int(lower), bytes[end - 1] == UInt8(ascii: "}") || bytes[end - 1] == UInt8(ascii: "]")
        else {
            return lower
        }
        return UInt32(end)
    }

    // MARK: nodes

    private mutating func scalar(
        _ text: String, _ style: YAMLScalar.Style, _ properties: YAMLEvent.Properties
    ) {
        var lower = Int(offsets[properties.lower])
        var upper = Int(offsets[properties.upper])
        if properties.hasTag { reportTag(at: lower) }
        let first = lower
        if properties.anchor != nil || properties.hasTag { lower = skipProperties(from: lower, to: upper) }
        if style == .literal || style == .folded {
            while upper > lower, isBlankOrBreak(bytes[upper - 1]) { upper -= 1 }
        }
        let isDelimited = style == .singleQuoted || style == .doubleQuoted
        let content =
            isDelimited
            ? Swift.min(lower + 1, upper)..<Swift.max(upper - 1, Swift.min(lower + 1, upper)) : lower..<upper
        let scalar = YAMLScalar(
            text: text, style: style, contentLower: UInt32(content.lowerBound),
            isVerbatim: style != .literal && style != .folded && isEqual(text, content),
            hasAnchor: properties.anchor != nil)
        let node = YAMLNode(kind: properties.hasTag ? .invalid : .scalar(scalar), span: span(first, upper))
        if let anchor = properties.anchor { anchors[anchor] = Anchored(node: node, nodes: 1, height: 0) }
        add(node, nodes: 1, height: 0)
    }

    private func isEqual(_ text: String, _ content: Range<Int>) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in
            guard utf8.count == content.count else { return false }
            return bytes.withUnsafeBufferPointer { source in
                for offset in 0..<utf8.count where source[content.lowerBound + offset] != utf8[offset] {
                    return false
                }
                return true
            }
        }
    }

    /// Past `&name` and `!tag`, to the content.
    private func skipProperties(from lower: Int, to upper: Int) -> Int {
        var offset = lower
        while offset < upper, bytes[offset] == UInt8(ascii: "&") || bytes[offset] == UInt8(ascii: "!") {
            while offset < upper, !isBlankOrBreak(bytes[offset]) { offset += 1 }
            while offset < upper, isBlankOrBreak(bytes[offset]) { offset += 1 }
        }
        return offset
    }

    private mutating func reportTag(at lower: Int) {
        var upper = lower
        while upper < bytes.count, !isBlankOrBreak(bytes[upper]) { upper += 1 }
        problems.append(SyntaxMessages.tag(word(lower, upper), at: span(lower, upper)))
    }

    private func word(_ lower: Int, _ upper: Int) -> String {
        String(decoding: bytes[lower..<Swift.max(lower, Swift.min(upper, bytes.count))], as: UTF8.self)
    }

    private mutating func alias(_ name: String, _ lower: UInt32, _ upper: UInt32) {
        let place = Span(source: file.id, lower: lower, upper: upper)
        guard let anchored = anchors[name] else {
            problems.append(SyntaxMessages.unknownAlias(name, at: place))
            return add(YAMLNode(kind: .invalid, span: place), nodes: 1, height: 0)
        }
        aliasNodes += anchored.nodes
        if aliasNodes > YAMLLimits.maxAliasNodes { return refuse(SyntaxMessages.tooManyNodes(at: place)) }
        if open.count + anchored.height > YAMLLimits.maxDepth {
            return refuse(SyntaxMessages.tooDeep(at: place))
        }
        add(anchored.node, nodes: anchored.nodes, height: anchored.height)
    }

    private mutating func refuse(_ problem: Diagnostic) {
        problems.append(problem)
        isTooLarge = true
    }

    /// Puts a finished node into what is open.
    private mutating func add(_ node: YAMLNode, nodes: Int, height: Int) {
        guard !open.isEmpty else {
            root = node
            return
        }
        let top = open.count - 1
        open[top].nodes += nodes
        open[top].height = Swift.max(open[top].height, height + 1)
        if !open[top].isMapping {
            open[top].items.append(node)
        } else if let key = open[top].key {
            open[top].key = nil
            finish(key, node)
        } else {
            open[top].key = node
        }
    }

    // MARK: entries

    private mutating func finish(_ key: YAMLNode, _ value: YAMLNode) {
        let top = open.count - 1
        switch key.kind {
        case .invalid: return
        case .sequence, .mapping:
            problems.append(SyntaxMessages.complexKey(at: key.span))
        case .scalar(let scalar):
            if scalar.isMissing {
                problems.append(
                    SyntaxMessages.emptyKey(
                        at: Span(source: file.id, lower: key.span.lower, upper: value.span.upper)))
                return
            }
            if scalar.text == "<<", !scalar.isQuoted {
                problems.append(SyntaxMessages.mergeKey(at: key.span))
                return
            }
            if let first = entry(named: scalar.text, in: top) {
                problems.append(SyntaxMessages.duplicateKey(scalar.text, at: key.span, first: first))
                return
            }
            if open[top].isFlow, isMissing(value), !hasColon(after: key.span.upper) {
                problems.append(SyntaxMessages.keyWithoutColon(scalar.text, at: key.span))
                return
            }
            if open[top].entries.isEmpty { open[top].entries.reserveCapacity(4) }
            open[top].entries.append(YAMLEntry(key: Located(scalar.text, key.span), value: value))
        }
    }

    /// Where the key was first written. Long mappings are looked up by a set.
    private mutating func entry(named name: String, in top: Int) -> Span? {
        if open[top].entries.count > 16 {
            if open[top].names.isEmpty { open[top].names = Set(open[top].entries.map(\.key.value)) }
            if open[top].names.insert(name).inserted { return nil }
        }
        return open[top].entries.first { $0.key.value == name }?.key.span
    }

    private func isMissing(_ node: YAMLNode) -> Bool {
        if case .scalar(let scalar) = node.kind { return scalar.isMissing }
        return false
    }

    private func hasColon(after upper: UInt32) -> Bool {
        var offset = Int(upper)
        while offset < bytes.count, isBlankOrBreak(bytes[offset]) { offset += 1 }
        return offset < bytes.count && bytes[offset] == UInt8(ascii: ":")
    }
}

func isBlankOrBreak(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}
