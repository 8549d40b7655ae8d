using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>The values of one link; implemented by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILinkPath
{
    /// <summary>Writes the path and the query.</summary>
    /// <param name="writer">Takes the pieces in their order.</param>
    public void Write(ref LinkWriter writer);
}
