using System.Text.Json;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>Exports a reader's bookmarks as JSON.</summary>
public sealed class ExportMyData(ReadContexts contexts)
{
    public async Task<JsonText> Handle(PersonKey reader, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var bookmarks = await lease
            .Db.BookmarksOf(reader)
            .AsNoTracking()
            .OrderByDescending(b => b.SavedAt)
            .ThenByDescending(b => b.Id)
            .Take(Bookmark.MaxPerReader)
            .ToListAsync(cancellationToken);
        return new(
            JsonSerializer.Serialize(
                new
                {
                    reader = reader.ToString(),
                    bookmarks = bookmarks.ConvertAll(b => new
                    {
                        id = b.Id.ToString(),
                        targetId = b.Target.ToString(),
                        savedAt = b.SavedAt,
                        note = b.Note,
                        targetVersion = b.TargetVersion,
                    }),
                }
            )
        );
    }
}
