using System.Security.Cryptography;
using System.Text.Json;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Data;

/// <summary>
/// A mutation that a client has named with a clientMutationId. Its row is written in the transaction of the mutation.
/// </summary>
public sealed class CompletedMutation
{
    /// <summary>How long rows are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>The person who sent the mutation.</summary>
    public required PersonKey Person { get; init; }

    /// <summary>The id that the client has made up. Ids of different people are independent.</summary>
    public required string ClientId { get; init; }

    /// <summary>The name of the mutation's field.</summary>
    public required string Field { get; init; }

    /// <summary>The SHA-256 hash of the input, in hexadecimal.</summary>
    public required string InputHash { get; init; }

    /// <summary>The result as JSON: the key of an entity, or the whole of any other result.</summary>
    public required string Result { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }
}

internal sealed class CompletedMutationConfiguration : IEntityTypeConfiguration<CompletedMutation>
{
    public void Configure(EntityTypeBuilder<CompletedMutation> mutation)
    {
        mutation.HasKey(m => new { m.Person, m.ClientId });
        mutation.Property(m => m.ClientId).HasMaxLength(ClientMutation.MaxStoredLength);
        mutation.Property(m => m.Field).HasMaxLength(100);
        mutation.Property(m => m.InputHash).HasMaxLength(2 * SHA256.HashSizeInBytes).IsUnicode(false);
        mutation.Property(m => m.Result).HasMaxLength(4000);
        mutation.HasIndex(m => m.CompletedAt);
    }
}

/// <summary>A result that is not an entity and is stored, so that a repeated mutation can return it.</summary>
public interface IStoredResult;

internal static class CompletedMutations
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the result of the current mutation if it was already carried out, or an error if its id was used for
        /// a different one. Returns null if it must be carried out, or if the client has not named it.
        /// </summary>
        public async Task<Result<T>?> CompletedAsync<T>(Actor actor, CancellationToken cancellationToken)
        {
            if (
                db.Named<T>(actor) is not ({ } mutation, { } person)
                || await db.CompletedMutations.FindAsync([person, mutation.Id], cancellationToken) is not { } earlier
            )
            {
                return null;
            }

            if (earlier.Field != mutation.Field || earlier.InputHash != mutation.InputHash)
            {
                return Reused(mutation, isResultGone: false);
            }

            var result =
                db.Model.FindEntityType(typeof(T)) is null ? JsonSerializer.Deserialize<T>(earlier.Result)
                : await db.FindAsync(typeof(T), db.KeyOf<T>(earlier.Result), cancellationToken) is T entity ? entity
                : default;
            return result is null ? Reused(mutation, isResultGone: true) : result;

            static Result<T> Reused(ClientMutation mutation, bool isResultGone) =>
                new IdempotencyKeyReused(mutation.Id, isResultGone) { Path = ["clientMutationId"] };
        }

        /// <summary>Records that the current mutation was carried out, if the client has named it.</summary>
        public void Complete<T>(Actor actor, T result, DateTimeOffset now)
        {
            if (db.Named<T>(actor) is not ({ } mutation, { } person))
            {
                return;
            }

            var type = db.Model.FindEntityType(typeof(T));

            // An entity that the mutation deletes cannot be returned again.
            if (type is not null && db.Entry(result!).State is EntityState.Deleted)
            {
                return;
            }

            db.Add(
                new CompletedMutation
                {
                    Person = person,
                    ClientId = mutation.Id,
                    Field = mutation.Field,
                    InputHash = mutation.InputHash,
                    Result = type is null
                        ? JsonSerializer.Serialize(result)
                        : JsonSerializer.Serialize(
                            type.FindPrimaryKey()!
                                .Properties.Select(p => db.Entry(result!).Property(p).CurrentValue)
                                .ToList()
                        ),
                    CompletedAt = now,
                }
            );
        }

        // A mutation can make several writes. Only the one with its result completes it.
        private (ClientMutation, PersonKey)? Named<T>(Actor actor) =>
            ClientMutation.Current is { } mutation
            && mutation.Result == typeof(T)
            && actor.Key is { } person
            && (db.Model.FindEntityType(typeof(T)) is not null || typeof(T).IsAssignableTo(typeof(IStoredResult)))
                ? (mutation, person)
                : null;

        private object?[] KeyOf<T>(string json)
        {
            using var parts = JsonDocument.Parse(json);
            return
            [
                .. db
                    .Model.FindEntityType(typeof(T))!
                    .FindPrimaryKey()!
                    .Properties.Select((p, i) => parts.RootElement[i].Deserialize(p.ClrType)),
            ];
        }
    }
}
