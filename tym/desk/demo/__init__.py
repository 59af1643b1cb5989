"""The demo: two agreements of Satakunta, told through the actions. All people but the signatories are fictional."""
