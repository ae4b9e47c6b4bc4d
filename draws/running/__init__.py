"""What a round rests on around its verbs: its instruction, its selection, its preview, its digest."""
