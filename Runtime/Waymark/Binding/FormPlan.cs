using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>What a handler wants of a form.</summary>
/// <remarks>Called by generated code; not meant for direct use. Immutable.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FormPlan
{
    private readonly FormEntry[] _fields;
    private readonly FormEntry[] _files;

    /// <summary>Makes a plan, once for a route.</summary>
    /// <param name="fields">The fields that parameters read; no name twice.</param>
    /// <param name="files">The files that parameters read; no name twice.</param>
    public FormPlan(FormEntry[] fields, FormEntry[] files)
    {
        _fields = fields;
        _files = files;
        HasRepeated = Array.Exists(fields, entry => entry.IsRepeated) || Array.Exists(files, entry => entry.IsRepeated);
    }

    /// <summary>The fields that parameters read.</summary>
    public IReadOnlyList<FormEntry> Fields => _fields;

    /// <summary>The files that parameters read.</summary>
    public IReadOnlyList<FormEntry> Files => _files;

    /// <summary>The number of fields and files.</summary>
    internal int Count => _fields.Length + _files.Length;

    /// <summary>True where one of them may always come once more.</summary>
    internal bool HasRepeated { get; }

    /// <summary>The number of a field; -1 where it is not wanted.</summary>
    internal int IndexOfField(string name) => Array.FindIndex(_fields, entry => entry.Name == name);

    /// <summary>The number of a file, counted on from the fields; -1 where it is not wanted.</summary>
    internal int IndexOfFile(string name)
    {
        int index = Array.FindIndex(_files, entry => entry.Name == name);
        return index < 0 ? -1 : _fields.Length + index;
    }

    internal bool IsRepeated(int index) =>
        (index < _fields.Length ? _fields[index] : _files[index - _fields.Length]).IsRepeated;
}

/// <summary>A field or file that a handler wants.</summary>
/// <param name="Name">The name in the form.</param>
/// <param name="IsRequired">True where the handler cannot do without; its absence is reported by the caller.</param>
/// <param name="IsRepeated">True where all values are wanted, false where the first one is.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct FormEntry(string Name, bool IsRequired = false, bool IsRepeated = false);
