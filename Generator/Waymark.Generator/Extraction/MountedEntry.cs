using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>One row of a mounted table, as the host has it.</summary>
/// <param name="Mount">The mount it comes from.</param>
/// <param name="Number">Its number in the mounted table.</param>
/// <param name="Template">Its template behind the mount's prefix.</param>
internal sealed record MountedEntry(MountModel Mount, int Number, string Template)
{
    public MountedRoute Row => Mount.Routes[Number];

    /// <summary>Every row of every mount that is sound.</summary>
    public static List<MountedEntry> ListAll(IReadOnlyList<MountModel> mounts)
    {
        var entries = new List<MountedEntry>();
        foreach (MountModel mount in mounts)
        {
            if (mount.Problem is not null)
                continue;
            for (int number = 0; number < mount.Routes.Count; number++)
            {
                string template = TemplateText.Of([mount.Prefix], mount.Routes[number].Template).Joined;
                entries.Add(new MountedEntry(mount, number, template));
            }
        }

        return entries;
    }
}
