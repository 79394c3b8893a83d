import FlowLang

/// A variable that some way leaves unset isn't read unguarded: `Facts` follow what is set, and the typer reports what isn't.
/// This shows the way that misses it, as steps: `welcome → menu → (no input) → voicemail`.
///
/// Nothing is remembered of ways while all is well: the states are lowered once more, with trails, after such a problem.
extension FlowLowering {
    /// A way from a state to another one, with what is known on it.
    struct Arrival {
        var source: Int
        var target: Int
        var facts: Facts
        var trail: Int
        var name: String?
    }

    /// So many problems are explained; others of the kind have the same reason mostly.
    private static let maxExplained = 20

    mutating func explainUnassigned() {
        let states = lowered.indices.filter { entryFacts[$0] != nil }
        let isNeeded = states.contains { index in
            lowered[index]?.diagnostics.items.contains { $0.code == .unassignedVariable } ?? false
        }
        guard isNeeded else { return }
        var found: [(state: Int, slot: Int, trail: Int, span: Span)] = []
        code.trails = Trails()
        for index in states {
            typer.unset = []
            lowerState(index, facts: entryFacts[index] ?? .none)
            found += typer.unset.map { (index, $0.slot, $0.trail, $0.span) }
        }
        let trails = code.trails ?? Trails()
        code.trails = nil
        typer.trail = nil
        var ways: [Span: String] = [:]
        for problem in found.prefix(Self.maxExplained) {
            let end = trails.names(to: problem.trail, missing: problem.slot)
            if let way = way(to: problem.state, missing: problem.slot, trails) {
                let parts = way + end.map { "(\($0))" } + (end.isEmpty ? [] : ["here"])
                if parts.count > 1 { ways[problem.span] = shortened(parts) }
            }
        }
        for index in states { lowered[index]?.diagnostics.explain(ways) }
    }

    /// The states of the shortest way on which a variable isn't set, and what leads from one to the next.
    private func way(to state: Int, missing slot: Int, _ trails: Trails) -> [String]? {
        guard !startFacts.contains(variable: slot) else { return nil }
        var leads: [Int: [Arrival]] = [:]
        for arrival in arrivals where !arrival.facts.contains(variable: slot) {
            leads[arrival.source, default: []].append(arrival)
        }
        var taken: [Int: Arrival] = [:]
        var queue = [0]
        var next = 0
        while next < queue.count, queue[next] != state {
            for arrival in leads[queue[next]] ?? [] where arrival.target != 0 && taken[arrival.target] == nil
            {
                taken[arrival.target] = arrival
                queue.append(arrival.target)
            }
            next += 1
        }
        guard state == 0 || taken[state] != nil else { return nil }
        var way: [String] = []
        var place = state
        while let arrival = taken[place] {
            let names = trails.names(to: arrival.trail, missing: slot) + (arrival.name.map { [$0] } ?? [])
            way = names.map { "(\($0))" } + [flow.states[place].name.value] + way
            place = arrival.source
        }
        return [flow.states[0].name.value] + way
    }
}

/// How the places of states are reached: what takes the conversation to each, and what is known then.
struct Trails {
    private struct Way {
        var facts: Facts
        /// Where it comes from; nil at the beginning of a state.
        var trail: Int
        var name: String?
    }

    /// Each place that several ways, or one with a name, lead to. The first stands for the beginning of every state.
    private var places: [[Way]] = [[]]
    private var leads: [Int: [Way]] = [:]
    private(set) var current = 0

    /// At the beginning of a state.
    mutating func begin() {
        leads = [:]
        current = 0
    }

    mutating func lead(to label: Int, with facts: Facts, by name: String?) {
        leads[label, default: []].append(Way(facts: facts, trail: current, name: name))
    }

    mutating func place(_ label: Int) {
        let ways = leads[label] ?? []
        if ways.count == 1, ways[0].name == nil {
            current = ways[0].trail
        } else {
            current = places.count
            places.append(ways)
        }
    }

    /// What leads to a place on a way where a variable isn't set, from the beginning of the state.
    func names(to place: Int, missing slot: Int) -> [String] {
        var names: [String] = []
        var place = place
        // A place comes after all that leads to it.
        while place > 0, let way = places[place].first(where: { !$0.facts.contains(variable: slot) }),
            way.trail < place
        {
            if let name = way.name { names.append(name) }
            place = way.trail
        }
        return names.reversed()
    }
}

/// The parts of a way, without its middle if there are many.
func shortened(_ parts: [String]) -> String {
    guard parts.count > 12 else { return parts.joined(separator: " → ") }
    return (parts.prefix(6) + ["…"] + parts.suffix(5)).joined(separator: " → ")
}
