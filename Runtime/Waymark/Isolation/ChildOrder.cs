using System.Globalization;

namespace Waymark.Isolation;

/// <summary>What a child is to do, and with what.</summary>
/// <param name="Key">The entry or the ticker, with its kind before it.</param>
/// <param name="Endpoint">What to listen on; empty for none.</param>
/// <param name="Arguments">What the entry gets.</param>
/// <param name="Shared">Memory that the child inherits.</param>
internal sealed record ChildOrder(
    string Key, string Endpoint, IReadOnlyList<string> Arguments, IReadOnlyList<SharedMemory> Shared)
{
    /// <summary>The texts of the message: key, endpoint, arguments; name, descriptor and size of each memory.</summary>
    public string[] ToTexts()
    {
        List<string> texts = [Key, Endpoint, Arguments.Count.ToString(CultureInfo.InvariantCulture), .. Arguments];
        foreach (SharedMemory memory in Shared)
        {
            texts.Add(memory.Name);
            texts.Add(memory.Descriptor.ToString(CultureInfo.InvariantCulture));
            texts.Add(memory.Size.ToString(CultureInfo.InvariantCulture));
        }

        return [.. texts];
    }
}
