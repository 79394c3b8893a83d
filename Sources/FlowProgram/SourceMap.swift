/// Where each operation was written. It stands beside the program, outside its hash, so that formatting or
/// a comment never re-versions a flow.
public struct SourceMap: Hashable, Codable, Sendable {
    package var file: String
    /// For each operation of the program.
    package var places: [Place]

    package struct Place: Hashable, Codable, Sendable {
        /// From 1.
        package var line: Int
        /// From 1, in Unicode scalars.
        package var column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    package init(file: String, places: [Place]) {
        self.file = file
        self.places = places
    }

    /// `flows/main-menu.yaml:24:7`, or nil if the operation has no place.
    package func location(of operation: Int) -> String? {
        guard places.indices.contains(operation) else { return nil }
        return "\(file):\(places[operation].line):\(places[operation].column)"
    }
}
