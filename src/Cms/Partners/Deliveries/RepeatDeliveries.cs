using Cms.Foundation;
using Cms.People;

namespace Cms.Partners.Deliveries;

/// <summary>
/// Records that a partner receives an answer again. Its editions were recorded before it was sent for the first time, so
/// only the time is noted, and saved later.
/// </summary>
public sealed class RepeatDeliveries(DeliveryMemory memory, SaveLastDeliveries save, TimeProvider clock)
{
    /// <summary>
    /// Gives a request the answer of another one. If so many times wait that they must be saved now, it throws what the
    /// database throws.
    /// </summary>
    /// <param name="turn">The request, which was admitted.</param>
    /// <param name="before">The request of the same partner whose answer is sent again. It has ended.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task Handle(PartnerTurn turn, PartnerTurn before, CancellationToken cancellationToken)
    {
        memory.NoteAgain(before.Partner!.Value, before.Editions, clock.Now());
        if (memory.IsFull)
        {
            await save.Handle(cancellationToken);
        }

        turn.DeliverAgain(before);
    }
}
