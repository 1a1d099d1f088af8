using Cms.Bookmarks;
using Cms.GraphQL;
using Cms.People;
using Cms.Testing;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Bookmarks;

/// <summary>Properties of a reader's bookmarks that hold after any sequence of operations.</summary>
public sealed class BookmarkLaws(BookmarkLaws.Library library) : IClassFixture<BookmarkLaws.Library>
{
    private static readonly string?[] Notes = [null, "", "short", "a longer note", "a longer nota"];

    private readonly PersonKey _reader = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    public enum Deed
    {
        Add,
        Remove,
        Note,
        Merge,
    }

    public sealed record Act(Deed Deed, byte Which, byte How);

    [Property(MaxTest = 20)]
    public async Task Bookmarks_behave_like_a_dictionary_in_any_sequence_of_operations(Act[] acts)
    {
        var reader = new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        SortedDictionary<string, (DateTimeOffset At, string? Note)> model = new(StringComparer.Ordinal);
        foreach (var (deed, which, how) in acts)
        {
            library.Clock.Advance(TimeSpan.FromSeconds(1));
            var (id, note) = (library.Targets[which % library.Targets.Count], Notes[how % Notes.Length]);
            var (now, kept) = (library.Clock.GetUtcNow(), string.IsNullOrEmpty(note) ? null : note);
            var at = now.AddSeconds(5 - how);
            var exists = model.TryGetValue(id, out var existing);
            switch (deed)
            {
                case Deed.Add:
                    await library
                        .Get<AddBookmark>()
                        .Handle(new AddBookmarkInput { TargetId = id, Note = note }, Newsroom.Reader(reader), default);
                    model[id] = (exists ? existing.At : now, note is null && exists ? existing.Note : kept);
                    break;
                case Deed.Remove:
                    await library
                        .Get<RemoveBookmark>()
                        .Handle(new RemoveBookmarkInput { TargetId = id }, Newsroom.Reader(reader), default);
                    model.Remove(id);
                    break;
                case Deed.Note:
                    var noted = await library
                        .Get<NoteBookmark>()
                        .Handle(new NoteBookmarkInput { TargetId = id, Note = note }, Newsroom.Reader(reader), default);
                    Assert.Equal(!exists, noted.IsRefused);
                    if (exists)
                    {
                        model[id] = (existing.At, kept);
                    }

                    break;
                default:
                    await library.MergeAsync(reader, (id, at, note));
                    var clamped = at < now ? at : now;
                    model[id] = (
                        exists && existing.At < clamped ? existing.At : clamped,
                        new[] { existing.Note, kept }
                            .OfType<string>()
                            .OrderBy(n => n.Length)
                            .ThenBy(n => n, StringComparer.Ordinal)
                            .LastOrDefault()
                    );
                    break;
            }
        }

        Assert.Equal(model.Select(m => (m.Key, m.Value.At, m.Value.Note)), await library.KeptAsync(reader));
    }

    [Property(MaxTest = 20)]
    public async Task Merging_gives_the_same_result_in_any_order_and_when_repeated(Act[] acts)
    {
        var saved = acts.Select(act =>
                (
                    library.Targets[act.Which % library.Targets.Count],
                    library.Clock.GetUtcNow().AddSeconds(-act.How),
                    Notes[act.How % Notes.Length]
                )
            )
            .ToArray();
        PersonKey one = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
            other = new(Guid.CreateVersion7(), Guid.CreateVersion7());

        await library.MergeAsync(one, saved);
        await library.MergeAsync(one, saved);
        foreach (var item in saved.Reverse())
        {
            await library.MergeAsync(other, item);
        }

        Assert.Equal(await library.KeptAsync(one), await library.KeptAsync(other));
    }

    [Property(MaxTest = 15)]
    public async Task Pages_of_any_size_from_either_end_cover_the_list_exactly(byte size, bool backward, bool narrowed)
    {
        var saved = library.Targets.Select((id, i) => (id, library.Clock.GetUtcNow().AddSeconds(-(i / 3)), Notes[0]));
        await library.MergeAsync(_reader, [.. saved]);
        var where = narrowed ? new BookmarkFilterInput { Kind = BookmarkKind.Article } : null;
        List<BookmarkId> read = [];
        string? cursor = null;
        Connection<Bookmark> page;
        do
        {
            await using var scope = library.Services.CreateAsyncScope();
            var first = (size % 7) + 1;
            page = await scope
                .ServiceProvider.GetRequiredService<ListBookmarks>()
                .Handle(
                    _reader,
                    backward
                        ? PageArguments.Of(last: first, before: cursor)
                        : PageArguments.Of(first: first, after: cursor),
                    where,
                    default
                );
            var ids = page.Nodes.Select(b => b.Id);
            read = backward ? [.. ids, .. read] : [.. read, .. ids];
            cursor = backward ? page.PageInfo.StartCursor : page.PageInfo.EndCursor;
        } while (backward ? page.HasPreviousPage : page.HasNextPage);

        await using var db = await library.OpenAsync();
        Assert.Equal(
            await db
                .Bookmarks.Where(b => b.ReaderId == _reader && (!narrowed || b.TargetKind == BookmarkKind.Article))
                .OrderByDescending(b => b.SavedAt)
                .ThenByDescending(b => b.Id)
                .Select(b => b.Id)
                .ToListAsync(),
            read
        );
    }

    /// <summary>Six articles and six tools to bookmark.</summary>
    public sealed class Library : IAsyncLifetime
    {
        private readonly SqliteTestDatabase _database = new();

        public List<string> Targets { get; } = [];

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock => _database.Clock;

        public IServiceProvider Services => _database.Services;

        public T Get<T>()
            where T : notnull => _database.Get<T>();

        public Task<Cms.Data.CmsDbContext> OpenAsync() => _database.OpenAsync();

        public async Task InitializeAsync()
        {
            await _database.InitializeAsync();
            var newsroom = new Newsroom(_database.Services);
            for (var i = 0; i < 6; i++)
            {
                Targets.Add((await newsroom.PublishedAsync()).Id.ToString());
                Targets.Add((await newsroom.PublicToolAsync($"Tool {i}")).Id.ToString());
            }
        }

        public Task DisposeAsync() => _database.DisposeAsync();

        public async Task<Result<MergedBookmarks>> MergeAsync(
            PersonKey reader,
            params (string Id, DateTimeOffset At, string? Note)[] saved
        )
        {
            var bookmarks = saved.Select(s => new SavedTargetInput
            {
                TargetId = s.Id,
                SavedAt = s.At,
                Note = s.Note,
            });
            return await Get<MergeBookmarks>()
                .Handle(new MergeBookmarksInput { Bookmarks = [.. bookmarks] }, Newsroom.Reader(reader), default);
        }

        public async Task<IEnumerable<(string, DateTimeOffset, string?)>> KeptAsync(PersonKey reader)
        {
            await using var db = await OpenAsync();
            var kept = await db.Bookmarks.AsNoTracking().Where(b => b.ReaderId == reader).ToListAsync();
            return kept.Select(b => (b.Target.ToString(), b.SavedAt, b.Note))
                .OrderBy(b => b.Item1, StringComparer.Ordinal);
        }
    }
}
