using Cms.Bookmarks;
using Cms.GraphQL.Execution;
using Cms.People;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Support;

/// <summary>Runs every bookmark operation of a reader, for tests that check SQL statements.</summary>
internal static class BookmarkOperations
{
    private const string Shown =
        "totalCount pageInfo { startCursor endCursor } nodes { id savedAt note kind targetId title summary path changes changedSinceSaved target { ... on Article { headline isBookmarked } ... on Tool { name isBookmarked } ... on Take { text isBookmarked } ... on RemovedTarget { lastHeadline withdrawalKind reason successor { headline } } } }";

    public static PersonKey Reader { get; } = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    public static async Task RunAsync(IServiceProvider services, params string[] targets)
    {
        var at = services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-1);
        var merge = services.GetRequiredService<MergeBookmarks>();
        foreach (var target in targets)
        {
            await services
                .GetRequiredService<AddBookmark>()
                .Handle(new AddBookmarkInput { TargetId = target }, Newsroom.Reader(Reader), default);
            await services
                .GetRequiredService<NoteBookmark>()
                .Handle(
                    new NoteBookmarkInput { TargetId = target, Note = "Read it." },
                    Newsroom.Reader(Reader),
                    default
                );
        }

        List<SavedTargetInput> saved =
        [
            .. targets.Select(target => new SavedTargetInput
            {
                TargetId = target,
                SavedAt = at,
                Note = "Read it twice.",
            }),
        ];
        await merge.Handle(new MergeBookmarksInput { Bookmarks = saved }, Newsroom.Reader(Reader), default);
        await ReadAsync(services);
        foreach (var target in targets)
        {
            await services
                .GetRequiredService<RemoveBookmark>()
                .Handle(new RemoveBookmarkInput { TargetId = target }, Newsroom.Reader(Reader), default);
        }

        await merge.Handle(new MergeBookmarksInput { Bookmarks = saved }, Newsroom.Reader(Reader), default);
        await services
            .GetRequiredService<DeleteMyData>()
            .Handle(new DeleteMyDataInput { Confirm = true }, Newsroom.Reader(Reader), default);
    }

    private static async Task ReadAsync(IServiceProvider services)
    {
        foreach (
            var where in new[]
            {
                "",
                ", where: { kind: ARTICLE }",
                ", where: { changedSinceSaved: true }",
                ", where: { changedSinceSaved: false, kind: TAKE }",
            }
        )
        {
            foreach (var page in new[] { "first: 1", "last: 1" })
            {
                var cursor = await AskAsync(services, $"{{ viewer {{ bookmarks({page}{where}) {{ {Shown} }} }} }}");
                var beyond = page[0] == 'f' ? "after" : "before";
                await AskAsync(
                    services,
                    $"{{ viewer {{ bookmarks({page}, {beyond}: \"{cursor}\"{where}) {{ {Shown} }} }} }}"
                );
            }
        }

        await AskAsync(services, "{ viewer { bookmarks { nodes { id } } data } }");
    }

    private static async Task<string?> AskAsync(IServiceProvider services, string query)
    {
        await using var scope = services.CreateAsyncScope();
        var reader = new Viewer
        {
            Kind = ViewerKind.Person,
            Key = Reader,
            Role = Role.Reader,
        };
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(query), scope.ServiceProvider, reader);
        Assert.True(result.Errors is null, string.Join('\n', result.Errors?.Select(e => e.ToString()) ?? []));
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        ResultWriter.Write(json, result);
        var page = System.Text.Json.Nodes.JsonNode.Parse(json.WrittenSpan)!["data"]!["viewer"]!["bookmarks"]!;
        return (string?)page["pageInfo"]?["endCursor"];
    }
}
