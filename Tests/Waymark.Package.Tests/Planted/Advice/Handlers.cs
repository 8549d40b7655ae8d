// What other analyzers say of handlers. A comment below a line points at the column of a diagnostic; "taken back by"
// names the suppression without which the build would show it.
using System.Text.Json.Serialization;
using Waymark;

namespace Planted;

public static class Handlers
{
    [Get("/users/:id/first")] public static string Unread(string id) => "";
    //                                                           ^ IDE0060 taken back by WMS002

    [Get("/users/:id/pages")] public static string Unread(int id, int page) => $"{id}";
    //                                                                ^ IDE0060

    [Get("/users/:id/size")] public static string Size(string id, string? mark) => $"{id.Length} {mark!.Length}";
    //                                                                                ^ CA1062 taken back by WMS004
    //                                                                                            ^ CA1062

    [Get("/users/:id/later")] public static async Task<string> Later(int id) => await Task.FromResult($"{id}");
    //                                                         ^ IDE1006 taken back by WMS005
    //                                                         ^ VSTHRD200 taken back by WMS005

    public static async Task<int> Other(string id) => await Task.FromResult(id.Length);
    //                            ^ IDE1006
    //                            ^ VSTHRD200
    //                                                                      ^ CA1062

    [Get("/users")] internal static string List(Paging paging) => $"{paging.Sort} {paging.Size}";

    [Post("/users")] internal static int Add(User user) => user.Name.Length + user.Places.Length;
}

[Bind]
internal sealed class Paging
{
    public string Sort { get; set; }
    //            ^ CS8618 taken back by WMS007

    public int Size { get; set; } = 20;
}

// Generated code makes these, and the analyzers see that: no diagnostic says that nobody does.
internal sealed record User(string Name, Place[] Places);

internal sealed record Place(string Town);

internal sealed class NeverMade
//                    ^ CA1812
{
    public string Name { get; set; }
    //            ^ CS8618
}

[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(int))]
internal sealed partial class PlantedJson : JsonSerializerContext;
