using System.ComponentModel;
using Waymark.Http;

namespace Waymark.CompilerServices;

/// <summary>The fields and files of a form that a handler wants.</summary>
/// <remarks>Called by generated code; not meant for direct use. Valid until the handler's task ends.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BoundForm
{
    private readonly List<FormFile> _files = [];

    internal BoundForm(FormFields fields) => Fields = fields;

    /// <summary>The fields, decoded.</summary>
    public FormFields Fields { get; }

    /// <summary>The first file of a name; null where none came.</summary>
    /// <param name="name">The name in the form.</param>
    public FormFile? File(string name) => _files.Find(file => file.Name == name);

    /// <summary>The files of a name, in their order.</summary>
    /// <param name="name">The name in the form.</param>
    public FormFile[] Files(string name) => [.. _files.FindAll(file => file.Name == name)];

    internal void Add(FormFile file) => _files.Add(file);
}
