using System.Text.Encodings.Web;
using System.Text.Json;
using Cms.GraphQL.Documents;

namespace Cms.Server.Commands;

/// <summary><c>operations</c>: prints the trusted documents as a manifest for building clients.</summary>
internal static class OperationsCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<int> RunAsync()
    {
        await using var app = CmsHost.Build([]);
        var documents = app.Services.GetRequiredService<KnownDocuments>();
        await documents.LoadAsync(CmsHost.OperationsFolder);

        // This is the format of Apollo's manifest generator. Apollo's persisted-queries link reads it.
        await Console.Out.WriteLineAsync(
            JsonSerializer.Serialize(
                new
                {
                    Format = "apollo-persisted-query-manifest",
                    Version = 1,
                    Operations = documents.Trusted,
                },
                Readable
            )
        );
        return 0;
    }
}
