using System.Globalization;
using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Media.Library;

/// <summary>Lists the uses of an image.</summary>
public sealed class ListMediaUses(ReadContexts contexts)
{
    private const int Most = 100;

    public async Task<List<MediaUsage>> Handle(MediaId media, int first, CancellationToken cancellationToken)
    {
        if (first is < 1 or > Most)
        {
            throw new RequestError(
                ErrorCodes.PageSize,
                string.Create(CultureInfo.InvariantCulture, $"Request 1 to {Most} uses; `first` was {first}.")
            );
        }

        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.UsersOfAsync(media, first, cancellationToken);
    }
}
