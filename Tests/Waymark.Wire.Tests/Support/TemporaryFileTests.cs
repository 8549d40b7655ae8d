namespace Waymark.Wire.Tests.Support;

/// <summary>
/// Tests that list the process' temporary files: no other test runs beside them, whose own files they would see.
/// </summary>
[CollectionDefinition(nameof(TemporaryFileTests), DisableParallelization = true)]
public sealed class TemporaryFileTests;
