/// Builds the tree from events, without recursion: cells are added in the order of the file.
struct TreeBuilder {
    let file: SourceFile
    let bytes: [UInt8]
    let start: Int
    private(set) var problems: [Diagnostic] = []

    private let offsets: ByteOffsets
    private var cells: [YAMLCell] = []
    private var texts: [UInt8] = []
    /// Whether every text is ASCII, so that two are the same only byte for byte.
    private var isASCII: Bool
    /// The place of the node at the top.
    private var root: Int?
    private var open: [Collection] = []
    private var anchors: [String: Anchored] = [:]
    private var aliasNodes = 0
    private(set) var isTooLarge = false
    /// What a merge key would have brought is missing.
    private(set) var hasMergeKeys = false

    /// A collection whose end wasn't met yet.
    private struct Collection {
        var index: Int
        var isMapping: Bool
        var isFlow: Bool
        var anchor: String?
        /// The place of a key that waits for its value.
        var key: Int?
        /// The end of the last item or value.
        var lastUpper: UInt32 = 0
        /// The places of a long mapping's keys.
        var names: [String: Int] = [:]
        var nodes = 1
        var height = 1
    }

    private struct Anchored {
        var index: Int
        var nodes: Int
        var height: Int
    }

    init(file: SourceFile, bytes: [UInt8], start: Int) {
        self.file = file
        self.bytes = bytes
        self.start = start
        offsets = ByteOffsets(bytes[start...])
        isASCII = offsets.isASCII
        // A node takes a dozen bytes of a file or more.
        cells.reserveCapacity((bytes.count - start) / 12)
    }

    /// Reads one document; what was open at a failure is closed there.
    mutating func build() -> YAMLFailure? {
        let bytes = bytes
        let failure = bytes.withUnsafeBufferPointer { buffer in
            let scanner = EventScanner(UnsafeBufferPointer(rebasing: buffer[start...]))
            return consume(scanner)
        }
        while let last = open.last { close(at: cells[last.index].lower) }
        guard var failure else { return nil }
        failure.index = Int(offsets[failure.index])
        failure.contextIndex = Int(offsets[failure.contextIndex])
        return failure
    }

    /// What was built; nil if there was nothing.
    func finish() -> YAMLNode? {
        let tree = YAMLTree(source: file.id, bytes: bytes, cells: cells, texts: texts)
        return root.map { tree.node(at: $0) }
    }

    private mutating func consume(_ scanner: borrowing EventScanner) -> YAMLFailure? {
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

    private func span(of index: Int) -> Span {
        Span(source: file.id, lower: cells[index].lower, upper: cells[index].upper)
    }

    // MARK: collections

    private mutating func begin(_ properties: YAMLEvent.Properties, isMapping: Bool, isFlow: Bool) {
        let lower = offsets[properties.lower]
        if properties.hasTag { reportTag(at: Int(lower)) }
        if open.count >= YAMLLimits.maxDepth {
            return refuse(SyntaxMessages.tooDeep(at: span(Int(lower), Int(lower) + 1)))
        }
        let index = append(.invalid, lower, lower)
        open.append(
            Collection(index: index, isMapping: isMapping, isFlow: isFlow, anchor: properties.anchor))
    }

    private mutating func close(at upper: UInt32) {
        guard !open.isEmpty else { return }
        if let key = open[open.count - 1].key, cells[target(of: key)].kind == .scalar {
            // Only a failure leaves a key without its value.
            let place = span(of: target(of: key))
            keep(append(.invalid, place.lower, place.upper))
        }
        let collection = open.removeLast()
        let index = collection.index
        let lower = cells[index].lower
        var cell = cells[index]
        cell.upper = Swift.max(lower, trimmedEnd(lower, upper), collection.lastUpper)
        // Of a flow collection that was given up, what was read says nothing.
        cell.kind = isTooLarge && collection.isFlow ? .invalid : collection.isMapping ? .mapping : .sequence
        cell.end = UInt32(cells.count)
        cells[index] = cell
        if let anchor = collection.anchor {
            anchors[anchor] = Anchored(index: index, nodes: collection.nodes, height: collection.height)
        }
        add(index, nodes: collection.nodes, height: collection.height)
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

    private mutating func append(_ kind: YAMLCell.Kind, _ lower: UInt32, _ upper: UInt32) -> Int {
        cells.append(YAMLCell(kind: kind, lower: lower, upper: upper, end: UInt32(cells.count + 1)))
        return cells.count - 1
    }

    private mutating func scalar(
        _ text: UnsafeBufferPointer<UInt8>, _ style: YAMLScalar.Style, _ properties: YAMLEvent.Properties
    ) {
        let first = offsets[properties.lower]
        var lower = Int(first)
        var upper = Int(offsets[properties.upper])
        if properties.hasTag { reportTag(at: lower) }
        if properties.anchor != nil || properties.hasTag { lower = skipProperties(from: lower, to: upper) }
        if style == .literal || style == .folded {
            while upper > lower, isBlankOrBreak(bytes[upper - 1]) { upper -= 1 }
        }
        let isDelimited = style == .singleQuoted || style == .doubleQuoted
        let content =
            isDelimited
            ? Swift.min(lower + 1, upper)..<Swift.max(upper - 1, Swift.min(lower + 1, upper)) : lower..<upper
        let isVerbatim = style != .literal && style != .folded && isSource(text, content)
        let end = Swift.max(Int(first), Swift.min(upper, bytes.count))
        let index = cells.count
        cells.append(
            YAMLCell(
                kind: properties.hasTag ? .invalid : .scalar, style: style, isVerbatim: isVerbatim,
                hasAnchor: properties.anchor != nil, lower: first, upper: UInt32(end),
                contentLower: UInt32(content.lowerBound),
                text: isVerbatim ? UInt32(content.lowerBound) : UInt32(texts.count),
                count: UInt32(text.count), end: UInt32(index + 1)))
        if !isVerbatim {
            texts.append(contentsOf: text)
            isASCII = isASCII && text.allSatisfy { $0 < 0x80 }
        }
        if let anchor = properties.anchor { anchors[anchor] = Anchored(index: index, nodes: 1, height: 0) }
        add(index, nodes: 1, height: 0)
    }

    /// Whether a text is the source byte for byte.
    private func isSource(_ text: UnsafeBufferPointer<UInt8>, _ content: Range<Int>) -> Bool {
        guard text.count == content.count else { return false }
        return bytes[content].withUnsafeBufferPointer { written in
            var difference: UInt8 = 0
            for index in text.indices { difference |= text[index] ^ written[index] }
            return difference == 0
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
        let (text, place) = (word(lower, upper), span(lower, upper))
        // `if: !open`
        var before = lower
        while before > 0, bytes[before - 1] == UInt8(ascii: " ") { before -= 1 }
        let isCondition = bytes[..<before].suffix(3).elementsEqual("if:".utf8)
        problems.append(
            isCondition
                ? SyntaxMessages.exclamationMark(text, at: place) : SyntaxMessages.tag(text, at: place))
    }

    private func word(_ lower: Int, _ upper: Int) -> String {
        String(decoding: bytes[lower..<Swift.max(lower, Swift.min(upper, bytes.count))], as: UTF8.self)
    }

    private mutating func alias(_ name: String, _ lower: UInt32, _ upper: UInt32) {
        let place = Span(source: file.id, lower: lower, upper: upper)
        guard let anchored = anchors[name] else {
            problems.append(SyntaxMessages.unknownAlias(name, at: place))
            return add(append(.invalid, place.lower, place.upper), nodes: 1, height: 0)
        }
        aliasNodes += anchored.nodes
        if aliasNodes > YAMLLimits.maxAliasNodes { return refuse(SyntaxMessages.tooManyNodes(at: place)) }
        if open.count + anchored.height > YAMLLimits.maxDepth {
            return refuse(SyntaxMessages.tooDeep(at: place))
        }
        let index = append(.alias, place.lower, place.upper)
        cells[index].text = UInt32(anchored.index)
        add(index, nodes: anchored.nodes, height: anchored.height)
    }

    /// Where the node stands that an alias stands for; any other node stands for itself.
    private func target(of index: Int) -> Int {
        cells[index].kind == .alias ? Int(cells[index].text) : index
    }

    private mutating func refuse(_ problem: Diagnostic) {
        problems.append(problem)
        isTooLarge = true
    }

    /// Puts a finished node into what is open.
    private mutating func add(_ index: Int, nodes: Int, height: Int) {
        guard !open.isEmpty else {
            root = index
            return
        }
        let top = open.count - 1
        open[top].nodes += nodes
        open[top].height = Swift.max(open[top].height, height + 1)
        if !open[top].isMapping {
            keep(index)
        } else if let key = open[top].key {
            open[top].key = nil
            if isEntry(key, index) { keep(index) } else { cells[key].isDropped = true }
        } else {
            open[top].key = index
        }
    }

    /// Counts an item, or an entry with its value.
    private mutating func keep(_ index: Int) {
        let top = open.count - 1
        cells[open[top].index].count += 1
        open[top].lastUpper = cells[target(of: index)].upper
    }

    // MARK: entries

    /// Whether a key and its value are an entry; if not, that was reported.
    private mutating func isEntry(_ key: Int, _ value: Int) -> Bool {
        let name = target(of: key)
        let place = span(of: name)
        switch cells[name].kind {
        case .invalid, .alias: return false
        case .sequence, .mapping: problems.append(SyntaxMessages.complexKey(at: place))
        case .scalar where isMissing(name):
            let whole = Span(source: file.id, lower: place.lower, upper: cells[target(of: value)].upper)
            problems.append(SyntaxMessages.emptyKey(at: whole))
        case .scalar where isMergeKey(name):
            problems.append(SyntaxMessages.mergeKey(at: place))
            hasMergeKeys = true
        case .scalar:
            if let first = earlierKey(like: key) {
                problems.append(SyntaxMessages.duplicateKey(string(name), at: place, first: span(of: first)))
            } else if open[open.count - 1].isFlow, isMissing(target(of: value)), !hasColon(after: place.upper)
            {
                problems.append(SyntaxMessages.keyWithoutColon(string(name), at: place))
            } else {
                return true
            }
        }
        return false
    }

    /// Where the key was written before in the mapping that is open. Those of a long one are looked up by name.
    private mutating func earlierKey(like key: Int) -> Int? {
        let top = open.count - 1
        let collection = open[top].index
        guard cells[collection].count > 16 else {
            let written = target(of: key)
            return firstKey(of: collection, before: key) { areSame($0, written) }
        }
        if open[top].names.isEmpty {
            var names: [String: Int] = [:]
            _ = firstKey(of: collection, before: key) { earlier in
                names[string(earlier)] = earlier
                return false
            }
            open[top].names = names
        }
        let name = string(target(of: key))
        if let first = open[top].names[name] { return first }
        open[top].names[name] = target(of: key)
        return nil
    }

    /// The first of a mapping's keys so far that the predicate holds for.
    private func firstKey(of collection: Int, before end: Int, where isWanted: (Int) -> Bool) -> Int? {
        var place = collection + 1
        while place < end {
            let key = place
            place = Int(cells[Int(cells[key].end)].end)
            if !cells[key].isDropped, isWanted(target(of: key)) { return target(of: key) }
        }
        return nil
    }

    private func areSame(_ left: Int, _ right: Int) -> Bool {
        guard cells[left].count == cells[right].count else {
            return !isASCII && string(left) == string(right)
        }
        if cells[left].isVerbatim, cells[right].isVerbatim {
            let (one, other) = (Int(cells[left].text), Int(cells[right].text))
            var offset = 0
            while offset < Int(cells[left].count), bytes[one + offset] == bytes[other + offset] {
                offset += 1
            }
            if offset == Int(cells[left].count) { return true }
        } else if text(of: left).elementsEqual(text(of: right)) {
            return true
        }
        return !isASCII && string(left) == string(right)
    }

    private func isMergeKey(_ index: Int) -> Bool {
        cells[index].count == 2 && cells[index].style == .plain
            && text(of: index).elementsEqual("<<".utf8)
    }

    private func text(of index: Int) -> ArraySlice<UInt8> {
        cells[index].text(in: bytes, or: texts)
    }

    private func string(_ index: Int) -> String {
        String(decoding: text(of: index), as: UTF8.self)
    }

    private func isMissing(_ index: Int) -> Bool {
        cells[index].kind == .scalar && cells[index].style == .plain && cells[index].count == 0
    }

    private func hasColon(after upper: UInt32) -> Bool {
        var offset = Int(upper)
        while offset < bytes.count, isBlankOrBreak(bytes[offset]) { offset += 1 }
        return offset < bytes.count && bytes[offset] == UInt8(ascii: ":")
    }
}
