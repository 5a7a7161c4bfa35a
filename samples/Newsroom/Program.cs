WebApplication app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "Newsroom");
app.Run();
