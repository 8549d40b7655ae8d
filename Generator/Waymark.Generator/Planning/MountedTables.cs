using System.Text;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning;

/// <summary>The tables that routes are mounted from, with what tells one build of them from another.</summary>
internal static class MountedTables
{
    public static EquatableArray<MountedTable> Of(IEnumerable<MountModel> mounts) => mounts
        .Where(mount => mount.Problem is null)
        .GroupBy(mount => mount.Table, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new MountedTable(group.Key, FingerprintOf(group.First().Routes), group.First().HasMiddleware))
        .ToEquatableArray();

    /// <summary>
    /// FNV-1a of 64 bits over methods and templates in the order of their numbers; as the runtime's MountedTable
    /// counts.
    /// </summary>
    private static ulong FingerprintOf(IEnumerable<MountedRoute> routes)
    {
        ulong hash = 14695981039346656037;
        foreach (MountedRoute route in routes)
        {
            foreach (byte octet in Encoding.UTF8.GetBytes($"{route.Verb} {route.Template}\n"))
                hash = unchecked((hash ^ octet) * 1099511628211);
        }

        return hash;
    }
}
