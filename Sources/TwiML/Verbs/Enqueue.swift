/// `<Enqueue>`: puts the caller into a queue. With `action` that is requested once the caller is out of it.
public struct Enqueue: Hashable, Sendable {
    /// Where the caller waits.
    public var target: Target
    /// What is requested once the caller is out of the queue.
    public var action: Text?
    /// How `action` is requested; POST if left out.
    public var method: HTTPMethod?
    /// Attributes that this type doesn't know.
    public var others: [Element.Attribute]

    /// Where the caller waits.
    public enum Target: Hashable, Sendable {
        /// A queue's name; it is made if there is none.
        case queue(Text)
        /// A TaskRouter workflow, `WW` and 32 hexadecimal digits.
        case workflow(sid: Text, Task?)
    }

    /// `<Task>`: what TaskRouter chooses a worker by.
    public struct Task: Hashable, Sendable {
        /// A JSON object.
        public var attributes: Text
        /// The larger, the earlier; 0 if left out.
        public var priority: Int?
        /// Seconds.
        public var timeout: Int?

        /// A task with attributes.
        public init(_ attributes: Text, priority: Int? = nil, timeout: Int? = nil) {
            self.attributes = attributes
            self.priority = priority
            self.timeout = timeout
        }
    }

    /// Puts the caller into a queue.
    public init(
        _ target: Target, action: Text? = nil, method: HTTPMethod? = nil, others: [Element.Attribute] = []
    ) {
        self.others = others
        self.target = target
        self.action = action
        self.method = method
    }

    /// What the provider would object to.
    public var problems: [Problem] {
        var problems: [Problem] = []
        switch target {
        case .queue(let name):
            problems.checkLength(
                of: name, in: Limits.queueName, short: .queueNameTooShort, long: .queueNameTooLong,
                at: "Enqueue")
        case .workflow(let sid, let task):
            if let literal = sid.literal, !isWorkflow(literal) {
                problems.append(
                    Problem(.workflow, at: "Enqueue.workflowSid", "WW and 32 hexadecimal digits"))
            }
            if let task { problems += task.problems }
        }
        return problems
    }

    func write(to writer: inout XMLWriter) {
        let start: [XMLWriter.Attribute] = [.init("action", action), .init("method", word: method)]
        switch target {
        case .queue(let name):
            writer.element("Enqueue", start, and: others) { $0.text(name) }
        case .workflow(let sid, let task):
            let attributes = start + [.init("workflowSid", sid)]
            guard let task else { return writer.element("Enqueue", attributes, and: others) }
            writer.element("Enqueue", attributes, and: others) { task.write(to: &$0) }
        }
    }
}

extension Enqueue.Task {
    var problems: [Problem] {
        var problems: [Problem] = []
        problems.check(priority, in: 0...Int.max, .schema, at: "Task.priority")
        problems.check(timeout, in: 1...Int.max, .schema, at: "Task.timeout")
        if let json = attributes.literal?.utf8,
            json.first != UInt8(ascii: "{") || json.last != UInt8(ascii: "}")
        {
            problems.append(Problem(.taskAttributes, at: "Task", "not a JSON object"))
        }
        return problems
    }

    func write(to writer: inout XMLWriter) {
        writer.element("Task", [.init("priority", priority), .init("timeout", timeout)]) {
            $0.text(attributes)
        }
    }
}

/// `^WW[0-9a-f]{32}$`
private func isWorkflow(_ text: String) -> Bool {
    text.utf8.count == 34 && text.utf8.starts(with: "WW".utf8)
        && text.utf8.dropFirst(2).allSatisfy { "0123456789abcdef".utf8.contains($0) }
}
