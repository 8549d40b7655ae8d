// Ten mistakes in handlers. A comment below a line points at the column where the build shows the diagnostic.
using System.Text.Json.Serialization;
using Waymark;

namespace Planted;

internal class Handlers
{
    [Get("/users/:id/posts/:post")] internal static string Missing(int id) => $"{id}";
    //                     ^ WM2001

    [Get("/teams")] internal static string NotInTemplate([Path] int team) => $"{team}";
    //                                                              ^ WM2002

    [Get("/readers/:id")] internal static string Unreadable(Action id) => $"{id}";
    //                                                             ^ WM2003

    [Get("/generic")] internal static string Generic<T>() => typeof(T).Name;
    //                                       ^ WM2032

    [Get("/sources")] internal static void Source(Library library) { }
    //                                                    ^ WM2010

    [Get("/references")] internal static string Reference(ref int page) => $"{page}";
    //                                                            ^ WM2011

    [Get("/instances")] internal string Instance() => "not static";
    //                                  ^ WM2030

    [Get("/hidden")] private static string Hidden() => "not accessible";
    //                                     ^ WM2031

    [Get("/later")] internal static async void Later() => await Task.Yield();
    //                                         ^ WM2033

    [Get("/json")] internal static Item Json() => new("Lamp");
    //                             ^ WM3001
}

internal sealed class Library
{
    internal static string Name => "City";
}

internal sealed record Item(string Name);

internal sealed record Listed(int Number);

[JsonSerializable(typeof(Listed))]
internal sealed partial class PlantedJson : JsonSerializerContext;
