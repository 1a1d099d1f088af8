using Cms.Server.Commands;

return await CommandLine.RunAsync(args);

/// <summary>The entry point, named for tests that start the server in their own process.</summary>
public sealed partial class Program;
