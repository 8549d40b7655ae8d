// Ten mistakes in templates. A comment below a line points at the column where the build shows the diagnostic.
using Waymark;

namespace Planted;

internal static class Templates
{
    [Get("items")] internal static string Start() => "no slash at the start";
    //    ^ WM1001

    [Get("/a//b")] internal static string Segments() => "an empty segment";
    //      ^ WM1002

    [Get("/c/{id}")] internal static string Name(string id) => id;
    //       ^ WM1003

    [Get("/d/:id/e/:id")] internal static string Twice(string id) => id;
    //             ^ WM1004

    [Get("/f/*path/g")] internal static string CatchAll(string path) => path;
    //       ^ WM1005

    [Get("/h/:id?/i")] internal static string Optional(string? id = null) => id ?? "";
    //       ^ WM1006

    [Route("F OO", "/j")] internal static string Token() => "no request method";
    //     ^ WM1021

    [Get("/k/:id<itn>")] internal static string Constraint(int id) => $"{id}";
    //           ^ WM1008

    [Get("/l/:id<range(9,1)>")] internal static string Range(int id) => $"{id}";
    //           ^ WM1009

    [Get("/m/:id<hex>")] internal static string First(string id) => id;

    [Get("/m/:id<slug>")] internal static string Second(string id) => id;
    //   ^ WM1010
}
