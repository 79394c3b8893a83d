import ArgumentParser
@main
struct Flowc: ParsableCommand {}
