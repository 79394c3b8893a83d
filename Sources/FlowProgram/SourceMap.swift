/// Where each operation was written. It stands beside the program, outside its hash, so that formatting or
/// a comment never re-versions a flow.
public struct SourceMap: Hashable, Codable, Sendable {
    /// The entry flow's first.
    package var files: [String]
    /// For each operation of the program.
    package var places: [Place]

    package struct Place: Hashable, Codable, Sendable {
        /// An index into `files`.
        package var file: Int
        /// From 1.
        package var line: Int
        /// From 1, in Unicode scalars.
        package var column: Int

        package init(file: Int = 0, line: Int, column: Int) {
            self.file = file
            self.line = line
            self.column = column
        }
    }

    package init(files: [String], places: [Place]) {
        self.files = files
        self.places = places
    }

    /// `flows/main-menu.yaml:24:7`, or nil if the operation has no place.
    package func location(of operation: Int) -> String? {
        guard places.indices.contains(operation) else { return nil }
        let place = places[operation]
        guard files.indices.contains(place.file) else { return nil }
        return "\(files[place.file]):\(place.line):\(place.column)"
    }
}
