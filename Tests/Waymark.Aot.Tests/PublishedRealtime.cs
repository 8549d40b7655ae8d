using Waymark.Aot.Tests;

[assembly: AssemblyFixture(typeof(PublishedRealtime))]

namespace Waymark.Aot.Tests;

/// <summary>Samples/Realtime as a native binary.</summary>
public sealed class PublishedRealtime() : PublishedSample("Samples/Realtime");
