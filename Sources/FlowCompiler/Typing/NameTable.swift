package import FlowLang
package import FlowProgram

/// What names mean in one flow on one channel.
package struct NameTable: Sendable {
    package var namedTypes: [String: ValueType] = [:]
    /// The index is the config slot. Slots of other flows of the program have no name, here and below.
    package var config: [(name: String, type: ValueType)] = [] {
        didSet { configSlots = nil }
    }
    /// The index is the slot.
    package var variables: [VariableEntry] = []
    /// What came, within the handler of a notice: its name goes before variables.
    package var notice: (name: String, slot: Int)?
    package var hours: [String] = []
    package var texts: [String] = []
    /// BCP-47 tags of the flow.
    package var languages: [String] = []
    package var channel: Channel
    package var hasTimezone = false
    /// It is heard in a queue, and nowhere else.
    package var isInQueue = false
    private var readConfig: Set<Int> = []
    /// Slots by name, for as many variables as were there at the last look-up.
    private var slots: [String: Int] = [:]
    private var indexed = 0
    private var configSlots: [String: Int]?

    package struct VariableEntry: Sendable {
        package var name: String
        /// nil: not known yet.
        package var type: ValueType?
        package var isSensitive: Bool
        /// Where something is put into it.
        package var assignments: [Span]
        /// Some expression reads it.
        package var isRead = false
        /// A step has to put something `into:` it.
        package var takesAnswer = false

        package init(name: String, type: ValueType?, isSensitive: Bool = false, assignments: [Span] = []) {
            self.name = name
            self.type = type
            self.isSensitive = isSensitive
            self.assignments = assignments
        }
    }

    package init(channel: Channel) {
        self.channel = channel
    }

    /// The slot of a variable. Names don't change once they were looked up; variables may be added.
    package mutating func variable(named name: String) -> Int? {
        if let notice, notice.name == name { return notice.slot }
        if indexed > variables.count {
            slots = [:]
            indexed = 0
        }
        while indexed < variables.count {
            if slots[variables[indexed].name] == nil { slots[variables[indexed].name] = indexed }
            indexed += 1
        }
        return slots[name]
    }

    mutating func config(named name: String) -> Int? {
        let slots =
            configSlots ?? Dictionary(config.indices.map { (config[$0].name, $0) }) { first, _ in first }
        configSlots = slots
        return slots[name]
    }

    mutating func noteRead(config slot: Int) { readConfig.insert(slot) }

    /// The config items that some expression reads.
    var readConfigNames: Set<String> { Set(readConfig.map { config[$0].name }) }

    func entry(_ slot: Int) -> VariableEntry? {
        variables.indices.contains(slot) ? variables[slot] : nil
    }
}
