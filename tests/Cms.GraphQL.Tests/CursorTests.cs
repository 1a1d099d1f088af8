using System.Text.Json;
using Cms.GraphQL.Tests.Sample;
using FsCheck.Xunit;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class CursorTests
{
    [Property]
    public void Reading_a_cursor_returns_the_values_that_were_written(Guid id, long first, double second, string list)
    {
        var hash = ListHash.Of(list ?? "");
        var keys = new CursorKey[2];
        var read = Cursor.Read<FilmId>(hash, Cursor.Write(hash, new FilmId(id), first, second), keys);

        Assert.Equal(id, read.Value);
        Assert.Equal([first, second], keys);
    }

    [Property(MaxTest = 1_000)]
    public void Random_text_is_always_rejected_with_CURSOR_INVALID(byte[] bytes, string text)
    {
        var keys = new CursorKey[1];

        foreach (var cursor in (string[])[text ?? "", Convert.ToBase64String(bytes ?? []), new string('A', 44)])
        {
            Assert.Equal(
                ErrorCodes.CursorInvalid,
                Assert.Throws<RequestError>(() => Cursor.Read<FilmId>(ListHash.Of("a"), cursor, keys)).Code
            );
        }
    }

    [Property]
    public void A_forged_key_is_either_valid_or_rejected_with_CURSOR_INVALID(long bits)
    {
        var key = new CursorKey(bits);
        var refusal = Record.Exception(() => key.AsTime()) ?? Record.Exception(() => key.AsDouble());

        Assert.True(refusal is null or RequestError { Code: ErrorCodes.CursorInvalid });
    }

    [Fact]
    public void A_cursor_of_a_different_filter_order_or_root_is_rejected()
    {
        var list = ListHash.Of("films");
        var cursor = Cursor.Write(list.With(new FilmFilterInput()), new FilmId(Guid.Empty), 1L);
        var keys = new CursorKey[1];

        foreach (
            var other in (ListHash[])
                [
                    list,
                    list.With(new FilmFilterInput { Kind = FilmKind.Animated }),
                    list.With(new FilmFilterInput()).With("title"),
                    ListHash.Of("takes").With(new FilmFilterInput()),
                ]
        )
        {
            Assert.Throws<RequestError>(() => Cursor.Read<FilmId>(other, cursor, keys));
        }
    }

    [Fact]
    public async Task Pages_read_forward_or_backward_cover_the_whole_list()
    {
        var api = new SampleApi();

        Assert.Equal(30, await Walk(api, "first: 7, after", "hasNextPage", "endCursor"));
        Assert.Equal(30, await Walk(api, "last: 7, before", "hasPreviousPage", "startCursor"));
    }

    private static async Task<int> Walk(SampleApi api, string arguments, string more, string next)
    {
        HashSet<string> seen = [];

        for (string? cursor = null; ; )
        {
            var from = cursor is null ? arguments.Split(',')[0] : $"{arguments}: \"{cursor}\"";
            using var answer = JsonDocument.Parse(
                await api.AskAsync(
                    $"{{ films({from}) {{ edges {{ cursor node {{ id }} }} pageInfo {{ {more} {next} }} }} }}"
                )
            );
            var films = answer.RootElement.GetProperty("data").GetProperty("films");
            Assert.All(
                films.GetProperty("edges").EnumerateArray(),
                x => Assert.True(seen.Add(x.GetProperty("node").GetProperty("id").GetString()!))
            );

            if (!films.GetProperty("pageInfo").GetProperty(more).GetBoolean())
            {
                return seen.Count;
            }

            cursor = films.GetProperty("pageInfo").GetProperty(next).GetString();
        }
    }
}
