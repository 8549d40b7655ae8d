using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>One rule that an object does not keep.</summary>
/// <remarks>Immutable. Written into the member <c>errors</c> of a problem document (RFC 9457 section 3).</remarks>
/// <param name="Pointer">
/// Where, as a JSON pointer (RFC 6901) from the validated object on: <c>""</c> is the object itself, <c>/name</c> a
/// member, <c>/items/0</c> an item. In a name, <c>~</c> is written <c>~0</c> and <c>/</c> is written <c>~1</c>.
/// </param>
/// <param name="Detail">What is wrong, as a sentence for the client.</param>
[SuppressMessage("Naming", "CA1720", Justification = "RFC 6901 calls it a JSON pointer.")]
public sealed record ValidationError(string Pointer, string Detail);
