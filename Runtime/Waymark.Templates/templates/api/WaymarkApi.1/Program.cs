using Waymark;
using WaymarkApi._1;

[assembly: OpenApi(Title = "Notes", Version = "1.0")]

// Addresses: the arguments, else this one. `--routes` prints the routes instead.
await using HttpServer server = Service.Create(new NoteStore());
return await server.RunAsync(args.Length > 0 ? args : ["http://localhost:5000"]);
