using Waymark.Aot.Tests;

[assembly: AssemblyFixture(typeof(PublishedEcho))]
[assembly: AssemblyFixture(typeof(PublishedRedis))]
[assembly: AssemblyFixture(typeof(PublishedTicker))]
[assembly: AssemblyFixture(typeof(PublishedIsolated))]

namespace Waymark.Aot.Tests;

/// <summary>Samples/Echo as a native binary.</summary>
public sealed class PublishedEcho() : PublishedSample("Samples/Echo");

/// <summary>Samples/Redis as a native binary.</summary>
public sealed class PublishedRedis() : PublishedSample("Samples/Redis");

/// <summary>Samples/Ticker as a native binary.</summary>
public sealed class PublishedTicker() : PublishedSample("Samples/Ticker");

/// <summary>Samples/Isolated as a native binary.</summary>
public sealed class PublishedIsolated() : PublishedSample("Samples/Isolated");
