using System.Text.Json;
using Cms.GraphQL.Documents;

namespace Cms.Server.Commands;

/// <summary><c>operations</c>: prints the trusted documents as a manifest for building clients.</summary>
internal static class OperationsCommand
{
    public static async Task<int> RunAsync(CommandOutput output)
    {
        await using var app = output.Host();
        var documents = app.Services.GetRequiredService<KnownDocuments>();
        await documents.LoadAsync(CmsHost.OperationsFolder);

        // This is the format of Apollo's manifest generator. Apollo's persisted-queries link reads it. It is the same with
        // and without --json.
        await Console.Out.WriteLineAsync(
            JsonSerializer.Serialize(
                new
                {
                    Format = "apollo-persisted-query-manifest",
                    Version = 1,
                    Operations = documents.Trusted,
                },
                CommandOutput.Readable
            )
        );
        return 0;
    }
}
