using Waymark.Aot.Tests;

[assembly: AssemblyFixture(typeof(PublishedHello))]

namespace Waymark.Aot.Tests;

/// <summary>Samples/Hello as a native binary.</summary>
public sealed class PublishedHello() : PublishedSample("Samples/Hello");
