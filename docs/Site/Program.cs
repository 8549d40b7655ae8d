using Waymark.Site;

string root = Sources.FindRoot(AppContext.BaseDirectory);
string output = Path.GetFullPath(args.Length > 0 ? args[0] : Path.Combine(root, "artifacts", "site"));
SiteBuilder site = SiteBuilder.Load(root);
IReadOnlyList<string> problems = LinkCheck.Find(site.Pages);
foreach (string problem in problems)
    Console.Error.WriteLine(problem);
site.Write(output);
Console.WriteLine($"{site.Pages.Count} pages in {output}, {problems.Count} problem(s)");
return problems.Count == 0 ? 0 : 1;
