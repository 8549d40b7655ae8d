namespace Waymark.Fuzz.Routes;

/// <summary>One route for each thing a template can say, so close together that a path wanders between them.</summary>
public static class FuzzRoutes
{
    /// <summary>The emitted table, which is internal.</summary>
    public static RouteTable Table => global::Routes.Table;

    [Get("/")] public static void Root() { }

    [Get("/users")] public static void Users() { }

    [Get("/users/me")] public static void Me() { }

    [Get("/users/:id<int>")] public static void ById(int id) => _ = id;

    [Get("/users/:id<guid>")] public static void ByGuid(Guid id) => _ = id;

    [Get("/users/:name")] public static void ByName(string name) => _ = name;

    [Get("/users/:name/posts/:post<long>")]
    public static void Post(string name, long post) => _ = (name, post);

    [Delete("/users/:name/posts/:post")]
    public static void Drop(string name, string post) => _ = (name, post);

    [Get("/files/*path")] public static void File(string path) => _ = path;

    [Get("/files/special/:kind<in(a|b|cc)>")] public static void Special(string kind) => _ = kind;

    [Get("/v:major.:minor")] public static void Version(string major, string minor) => _ = (major, minor);

    [Get("/v:major<int>")] public static void Major(int major) => _ = major;

    [Get("/img/:name.:kind<in(png|jpg)>")] public static void Image(string name, string kind) => _ = (name, kind);

    [Get("/opt/:x?")] public static void Optional(string? x = null) => _ = x;

    [Get("/rest/:a/*rest?")] public static void Rest(string a, string? rest = null) => _ = (a, rest);

    [Get("/re/:x<re([a-c]+[0-9]?)>")] public static void Pattern(string x) => _ = x;

    [Get("/len/:x<len(2,4)>")] public static void Length(string x) => _ = x;

    [Get("/range/:x<range(-5,120)>")] public static void Range(int x) => _ = x;

    [Get("/slug/:x<slug>")] public static void Slug(string x) => _ = x;

    [Get("/hex/:x<hex>")] public static void Hex(string x) => _ = x;

    [Get("/bool/:x<bool>")] public static void Bool(bool x) => _ = x;

    [Get("/alnum/:x<alnum>")] public static void Alnum(string x) => _ = x;

    [Get("/alpha/:x<alpha>")] public static void Alpha(string x) => _ = x;

    [Get("/caf\u00e9/:x")] public static void Accented(string x) => _ = x;

    [Get("/a/:a/:b/:c/:d/:e/:f/:g/:h/:i")]
    public static void Many(
        string a, string b, string c, string d, string e, string f, string g, string h, string i) =>
        _ = (a, b, c, d, e, f, g, h, i);

    [Route("*", "/any/:x")] public static void Any(string x) => _ = x;

    [Post("/any/:x")] public static void PostAny(string x) => _ = x;
}
